//! What the server leaves behind: nothing.

use std::io::Read as _;
use std::time::Instant;

use super::*;

fn server() -> TestServer {
    TestServer::start(Arc::new(|_| String::new())).unwrap()
}

#[test]
fn a_connection_that_was_served_keeps_no_descriptor() {
    let server = server();
    for _ in 0..3 {
        let visitor = TcpStream::connect(server.address()).unwrap();
        let started = Instant::now();
        while server.shared.lock().is_empty() {
            assert!(started.elapsed() < SOON, "it was not accepted");
            thread::yield_now();
        }
        drop(visitor);
        while !server.shared.lock().is_empty() {
            assert!(started.elapsed() < SOON, "it is kept");
            thread::yield_now();
        }
    }
}

#[test]
fn a_connection_accepted_just_before_the_end_ends_as_well() {
    for _ in 0..300 {
        let server = server();
        let mut visitor = TcpStream::connect(server.address()).unwrap();
        visitor.set_read_timeout(Some(SOON)).unwrap();
        drop(server);
        let ended = visitor.read(&mut [0]);
        let left_open = ended.is_err_and(|error| error.kind() == io::ErrorKind::WouldBlock);
        assert!(!left_open, "the connection lives on");
    }
}

const SOON: Duration = Duration::from_secs(5);
