//! Plans as CSV: one command a row, with the tracker's own columns behind it.

use std::io::{self, Write};

use crate::plan::Plan;
use crate::profile::Profile;
use crate::tracker::Tracker;

/// The columns every row has.
const COLUMNS: [&str; 18] = [
    "name",
    "line",
    "profile",
    "imei",
    "phone",
    "register",
    "device_id",
    "iccid",
    "sim_id",
    "imsi",
    "notes",
    "order",
    "step",
    "form",
    "text",
    "characters",
    "sms",
    "evidence",
];

/// Writes plans as CSV.
pub struct Writer<W: Write> {
    csv: csv::Writer<W>,
}

impl<W: Write> Writer<W> {
    /// Begins with the heading when `heading` gives the unknown columns of the input, which are carried along;
    /// without it, goes on below one.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn new(output: W, heading: Option<&[String]>) -> io::Result<Self> {
        let mut csv = csv::Writer::from_writer(output);
        if let Some(extra) = heading {
            csv.write_record(headings(extra)).map_err(io::Error::other)?;
        }
        Ok(Self { csv })
    }

    /// One tracker's commands.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn plan(&mut self, profile: &Profile, tracker: &Tracker, plan: &Plan) -> io::Result<()> {
        let line = tracker.line.map(|line| line.to_string()).unwrap_or_default();
        for (at, command) in plan.commands.iter().enumerate() {
            let value = |name: &str| tracker.value(name).unwrap_or_default();
            let (order, characters) = ((at + 1).to_string(), command.size.characters.to_string());
            let sms = command.sms().map(|sms| sms.to_string()).unwrap_or_default();
            let (form, evidence) = (command.form.to_string(), command.evidence.to_string());
            let (imei, phone, iccid) = (value("imei"), value("phone"), value("iccid"));
            let (sim_id, imsi) = (value("sim_id"), value("imsi"));
            let row: [&str; 18] = [
                &tracker.name,
                &line,
                &profile.id.value,
                &imei,
                &phone,
                plan.register.as_deref().unwrap_or_default(),
                // Its own id only: the IMEI has a column.
                tracker.device_id.as_deref().unwrap_or_default(),
                &iccid,
                &sim_id,
                &imsi,
                tracker.notes.as_deref().unwrap_or_default(),
                &order,
                &profile.steps[command.step].id.value,
                &form,
                &command.text,
                &characters,
                &sms,
                &evidence,
            ];
            let extra = tracker.extra.iter().map(|(_, value)| value.as_str());
            self.csv.write_record(row.into_iter().chain(extra)).map_err(io::Error::other)?;
        }
        Ok(())
    }

    /// Writes what is still held back.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn finish(&mut self) -> io::Result<()> {
        self.csv.flush()
    }
}

/// Our columns and the sheet's own; one of the sheet's that is called like another has `column.` in front.
fn headings(extra: &[String]) -> Vec<String> {
    let mut names: Vec<String> = COLUMNS.map(str::to_owned).to_vec();
    for own in extra {
        let mut name = own.clone();
        while names.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            name = format!("column.{name}");
        }
        names.push(name);
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{COLUMNS, headings};

    #[test]
    fn a_column_of_the_sheet_that_is_called_like_one_of_ours_is_told_apart() {
        let own = ["owner", "Order", "text", "column.text"].map(str::to_owned);
        let names = headings(&own);
        assert_eq!(
            names[COLUMNS.len()..],
            ["owner", "column.Order", "column.text", "column.column.text"].map(str::to_owned)
        );
    }
}
