//! Whether readers that are left out are gone for list, watch and connection.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use siru_apdu::{
    Canceller, CardChannel, CardPresence, ReaderError, ReaderName, ReaderState, ReaderWatch,
    Readers,
};

use crate::{LeftOut, Pattern, Settings};

type Report = Result<Vec<ReaderState>, ReaderError>;

/// Readers that report what they were told to.
#[derive(Clone, Default)]
struct Told {
    reports: Arc<Mutex<VecDeque<Report>>>,
    connected: Arc<Mutex<Vec<ReaderName>>>,
}

impl Told {
    fn next_report(&self) -> Report {
        let next = self.reports.lock().unwrap().pop_front();
        next.unwrap_or(Err(ReaderError::Cancelled))
    }
}

impl Readers for Told {
    fn list(&mut self) -> Report {
        self.next_report()
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        self.connected.lock().unwrap().push(reader.clone());
        Err(ReaderError::NoCard)
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        Box::new(self.clone())
    }
}

impl ReaderWatch for Told {
    fn next(&mut self) -> Report {
        self.next_report()
    }

    fn canceller(&self) -> Canceller {
        let reports = Arc::clone(&self.reports);
        Canceller::new(move || reports.lock().unwrap().clear())
    }
}

fn reader(name: &str, events: u32) -> ReaderState {
    ReaderState {
        name: ReaderName::new(name),
        presence: CardPresence::Empty,
        events,
    }
}

fn without_virtual(told: &Told) -> LeftOut<Told> {
    LeftOut::new(told.clone(), vec![Pattern::new("*virtual*").unwrap()])
}

fn names(report: Report) -> Vec<String> {
    let readers = report.unwrap();
    readers
        .iter()
        .map(|reader| reader.name.to_text().into_owned())
        .collect()
}

#[test]
fn they_are_not_listed_and_not_connected_to() {
    let told = Told::default();
    let all = vec![reader("A", 0), reader("My Virtual One", 0), reader("B", 0)];
    told.reports.lock().unwrap().push_back(Ok(all));
    let mut readers = without_virtual(&told);
    assert_eq!(names(readers.list()), ["A", "B"]);
    let left_out = readers.connect(&ReaderName::new("My Virtual One"));
    assert!(matches!(left_out.err(), Some(ReaderError::ReaderGone)));
    let other = readers.connect(&ReaderName::new("A"));
    assert!(matches!(other.err(), Some(ReaderError::NoCard)));
    assert_eq!(*told.connected.lock().unwrap(), [ReaderName::new("A")]);
}

#[test]
fn settings_take_them_out_of_whatever_readers_are_made() {
    let told = Told::default();
    let all = || Ok(vec![reader("A", 0), reader("Windows Hello 1", 0)]);
    told.reports.lock().unwrap().extend([all(), all()]);
    let make = Settings::default().readers(move || told.clone());
    for _ in 0..2 {
        assert_eq!(names(make().list()), ["A"]);
    }
}

#[test]
fn a_watch_is_silent_about_them() {
    let told = Told::default();
    told.reports.lock().unwrap().extend([
        Ok(vec![reader("virtual", 0)]),
        Ok(vec![reader("virtual", 1)]),
        Ok(vec![reader("virtual", 2), reader("A", 0)]),
        Ok(vec![reader("virtual", 3), reader("A", 0)]),
        Err(ReaderError::NoService),
        // The same as before the error is news after it.
        Ok(vec![reader("A", 0)]),
    ]);
    let mut watch = without_virtual(&told).watch();
    assert_eq!(names(watch.next()), [""; 0]);
    assert_eq!(names(watch.next()), ["A"]);
    assert!(matches!(watch.next(), Err(ReaderError::NoService)));
    assert_eq!(names(watch.next()), ["A"]);
    assert!(matches!(watch.next(), Err(ReaderError::Cancelled)));
}

#[test]
fn a_watch_can_be_ended_from_elsewhere() {
    let told = Told::default();
    told.reports.lock().unwrap().push_back(Ok(vec![]));
    let mut watch = without_virtual(&told).watch();
    watch.canceller().cancel();
    assert!(matches!(watch.next(), Err(ReaderError::Cancelled)));
}
