//! Messages of nobody in the batch that was at work: a shared gateway or modem brings them too. They are kept once for
//! each courier, as they may answer what another batch has sent; they change nothing by themselves.

use rusqlite::{Connection, params};

use super::error::Fault;
use super::words::{sender, sender_of};
use super::{JournalError, Reader};
use crate::engine::Sender;
use crate::engine::batch::Entry;

/// A message whose sender is no tracker of the batch that was at work when it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredStranger {
    /// Which courier brought it.
    pub courier: String,
    /// Who sent it, as the network says.
    pub sender: Sender,
    /// When the service centre or the gateway got it, in milliseconds since 1970.
    pub sent_ms: Option<i64>,
    /// When it came here.
    pub received_ms: i64,
    /// The text, as it came.
    pub text: String,
    /// Parts of it that did not come.
    pub missing: u8,
}

/// Keeps a stranger's message; the same one again, as a modem's store tells it with every run, is kept once.
pub(super) fn keep(connection: &Connection, entry: &Entry) -> Result<(), Fault> {
    let Entry::Stranger { courier, sender: from, sent_ms, at_ms, text, missing, print } = entry else {
        return Ok(());
    };
    let (kind, name) = sender(from);
    let sql =
        "INSERT INTO stranger (courier_id, sender_kind, sender, sent_ms, received_ms, text, missing, print)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (courier_id, print) DO NOTHING";
    let values = params![courier.0, kind, name, sent_ms, at_ms, text, missing, print];
    connection.prepare_cached(sql)?.execute(values)?;
    Ok(())
}

impl Reader {
    /// Hands every message of a stranger that came since a moment, in milliseconds since 1970, to `each`, in the order
    /// in which they came.
    ///
    /// # Errors
    /// When the journal cannot be read.
    pub fn strangers(&self, since_ms: i64, each: &mut dyn FnMut(StoredStranger)) -> Result<(), JournalError> {
        self.read(|connection| {
            let sql = "SELECT spec, sender_kind, sender, sent_ms, received_ms, text, missing FROM stranger
                       JOIN courier ON courier.id = courier_id WHERE received_ms >= ?1 ORDER BY stranger.id";
            let mut statement = connection.prepare_cached(sql)?;
            let mut rows = statement.query([since_ms])?;
            while let Some(row) = rows.next()? {
                each(StoredStranger {
                    courier: row.get(0)?,
                    sender: sender_of(&row.get::<_, String>(1)?, row.get(2)?)?,
                    sent_ms: row.get(3)?,
                    received_ms: row.get(4)?,
                    text: row.get(5)?,
                    missing: row.get(6)?,
                });
            }
            Ok(())
        })
    }
}
