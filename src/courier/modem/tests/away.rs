//! A modem whose port goes away, and comes back, or another one in its place.

use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use super::{PATIENT, Scripted, With, hand, message, outcome, until, up, wait};
use crate::courier::Post;
use crate::courier::modem::{ModemOptions, open};
use crate::engine::{AttemptId, News, Order, Outcome};

/// A message goes into a modem that vanishes with it, which leaves it unknown.
fn vanishes(modem: &Scripted, post: &Post, news: &Receiver<News>) {
    *modem.shared.with.lock().unwrap() = With::Vanish;
    hand(post, 1, "WHERE#");
    until(news, |news| *news == News::Prompt(AttemptId(1)));
    post.give(Order::Release(AttemptId(1)));
    assert!(matches!(outcome(news), Outcome::Unknown(_)));
    let down = until(news, |news| matches!(news, News::Down { .. }));
    let News::Down { cause, last } = down else { unreachable!() };
    assert!(!last && cause.sentence.contains("vanished"), "{cause:?}");
}

#[test]
fn a_port_that_vanishes_leaves_the_message_unknown_and_a_courier_that_takes_no_other_and_ends_in_time() {
    let modem = Scripted::plug();
    let options = ModemOptions { away: Some(Duration::from_secs(2)), ..ModemOptions::default() };
    let (post, news) = up(&modem, options);
    vanishes(&modem, &post, &news);
    hand(&post, 2, "WHERE#");
    assert!(matches!(outcome(&news), Outcome::NotSent(_)));
    let News::Down { cause, last: true } = until(&news, |news| matches!(news, News::Down { .. })) else {
        panic!("it is still waited for");
    };
    assert!(cause.sentence.contains("within 2s"), "{cause:?}");
    drop(post);
    assert!(news.recv_timeout(PATIENT).is_err());
}

/// A link that leads to the port of a modem, as `/dev/serial/by-id` has them, until it is dropped.
struct Link(tempfile::TempDir);

impl Link {
    fn to(modem: &Scripted) -> Self {
        let link = Self(tempfile::tempdir().unwrap());
        link.lead(modem);
        link
    }

    fn lead(&self, modem: &Scripted) {
        std::os::unix::fs::symlink(&modem.path, self.path()).unwrap();
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("modem")
    }
}

/// A courier at the link, whose modem has vanished with a message, and the link with it.
fn lost(first: &Scripted, link: &Link) -> (Post, Receiver<News>) {
    let (sender, news) = mpsc::channel();
    let tell = move |told| drop(sender.send(told));
    let post = open(link.path().to_str().unwrap(), ModemOptions::default(), Box::new(tell)).unwrap();
    until(&news, |news| matches!(news, News::Up(_)));
    std::fs::remove_file(link.path()).unwrap();
    vanishes(first, &post, &news);
    (post, news)
}

#[test]
fn a_modem_that_comes_back_under_another_name_goes_on_and_what_it_received_meanwhile_is_new() {
    let (first, second) = (Scripted::plug(), Scripted::plug());
    let link = Link::to(&first);
    let (post, news) = lost(&first, &link);
    second.put(3, message("OK!"));
    link.lead(&second);
    let told = until(&news, |news| matches!(news, News::Inbound(_)));
    let News::Inbound(inbound) = told else { unreachable!() };
    assert_eq!((inbound.text.as_str(), inbound.old), ("OK!", false));
    until(&news, |news| matches!(news, News::Up(_)));
    hand(&post, 2, "PARAM#");
    until(&news, |news| *news == News::Prompt(AttemptId(2)));
    post.give(Order::Release(AttemptId(2)));
    assert!(matches!(outcome(&news), Outcome::Accepted { .. }));
    assert_eq!((first.texts(), second.texts()), (1, 1));
    post.give(Order::Forget(inbound.key));
    wait(|| second.stored() == 0);
}

#[test]
fn another_modem_at_the_same_name_is_told_nothing_and_asked_for_nothing() {
    let (first, other) = (Scripted::plug(), Scripted::with_imei("356938035643809"));
    let link = Link::to(&first);
    let (post, news) = lost(&first, &link);
    other.put(3, message("OK!"));
    link.lead(&other);
    let News::Down { cause, last: true } = until(&news, |news| !matches!(news, News::Outcome(..))) else {
        panic!("it was taken for the first one");
    };
    assert!(cause.sentence.contains("its IMEI is 356938035643809, and it was 490154203237518"), "{cause:?}");
    drop(post);
    assert!(news.recv_timeout(PATIENT).is_err());
    assert_eq!((other.texts(), other.stored()), (0, 1));
}
