//! Writing a file on a thread of its own: a folder may lie on a network that is gone.

use std::io::ErrorKind;
use std::thread;

use super::Post;
use crate::export::{self, ExportError, Written};
use crate::model::{CertificateMessage, Message, SaveOrder};

/// Writes the file, and reports whatever becomes of it.
pub(super) fn save(order: SaveOrder, post: &Post) {
    let promise = Promise {
        ticket: order.ticket,
        post: post.clone(),
        is_open: true,
    };
    let work = move || promise.keep(export::write(&order.folder, &order.name, &order.bytes));
    if let Err(error) = thread::Builder::new().name("export".to_owned()).spawn(work) {
        // The promise in `work` was dropped, and has reported.
        log::error!("no thread to write a file: {error}");
    }
}

/// Reports for a thread that ends before it has.
struct Promise {
    ticket: u64,
    post: Post,
    is_open: bool,
}

impl Promise {
    fn keep(mut self, written: Result<Written, ExportError>) {
        self.is_open = false;
        self.report(written);
    }

    fn report(&self, written: Result<Written, ExportError>) {
        let ticket = self.ticket;
        let message = CertificateMessage::Saved { ticket, written };
        // Whoever does not listen any more does not wait either.
        let _heard = self.post.send(Message::Certificates(message));
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if self.is_open {
            self.report(Err(ExportError::System(ErrorKind::Other)));
        }
    }
}
