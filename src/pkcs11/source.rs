//! Where the readers come from: PC/SC for programs, virtual ones for tests.

use siru_apdu::Readers;
use siru_pcsc::PcscReaders;

/// Makes connections to whatever knows the readers. Each purpose takes one of its own, so that a
/// card that takes its time holds up nobody who only wants to know which readers there are.
pub trait ReaderSource: Send + Sync {
    /// A fresh connection; nothing is asked yet.
    fn readers(&self) -> Box<dyn Readers>;
}

/// The readers of this machine.
#[derive(Debug)]
pub struct PcscSource;

impl ReaderSource for PcscSource {
    fn readers(&self) -> Box<dyn Readers> {
        Box::new(PcscReaders::new())
    }
}

impl<Make: Fn() -> Box<dyn Readers> + Send + Sync> ReaderSource for Make {
    fn readers(&self) -> Box<dyn Readers> {
        self()
    }
}
