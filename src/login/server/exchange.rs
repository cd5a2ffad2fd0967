//! One connection: handshake, one request, one page. As much HTTP/1.1 (RFC 9112) as that takes.

use std::io::{self, Read, Write};
use std::net::TcpStream;

use rustls::{ProtocolVersion, ServerConnection, StreamOwned};
use siru_browser::Program;

use super::{Arrival, Visitor};
use crate::page::style_source;
use crate::verdict::Protocol;

/// Serves one connection to its end.
pub(super) fn serve(stream: TcpStream, visitor: &Visitor) -> io::Result<()> {
    let connection = ServerConnection::new(visitor.config.clone()).map_err(io::Error::other)?;
    let mut stream = StreamOwned::new(connection, stream);
    let request = request_head(&mut stream)?;
    if !asks_for(&request, &visitor.path) {
        return respond(&mut stream, NOT_HERE);
    }
    let mut arrival = arrival(&stream.conn, &request);
    let page = found(&(visitor.answer)(&mut arrival));
    let shown = respond(&mut stream, &page);
    // Only now: whoever waits for it ends the server, and the page is to be whole. They may have
    // ended the test meanwhile.
    let _heard = visitor.sender.send(Some(arrival));
    shown
}

fn respond(
    stream: &mut StreamOwned<ServerConnection, TcpStream>,
    response: &str,
) -> io::Result<()> {
    stream.write_all(response.as_bytes())?;
    stream.conn.send_close_notify();
    stream.flush()
}

fn arrival(connection: &ServerConnection, request: &[u8]) -> Arrival {
    let certificates = connection.peer_certificates().unwrap_or_default();
    Arrival {
        certificates: certificates.iter().map(|one| one.to_vec()).collect(),
        protocol: match connection.protocol_version() {
            Some(ProtocolVersion::TLSv1_2) => Protocol::Tls12,
            _ => Protocol::Tls13,
        },
        program: program(request),
        reason: None,
    }
}

/// The family of browsers that the request names. Chromium's relatives name Chrome as well, and none
/// of them names Firefox.
fn program(head: &[u8]) -> Option<Program> {
    let head = String::from_utf8_lossy(head);
    let mut headers = head.lines().filter_map(|line| line.split_once(':'));
    let (_, agent) = headers.find(|(name, _)| name.eq_ignore_ascii_case("user-agent"))?;
    if agent.contains("Firefox/") {
        Some(Program::Firefox)
    } else if agent.contains("Chrome/") || agent.contains("Chromium/") {
        Some(Program::Chromium)
    } else {
        None
    }
}

/// Everything up to the empty line. What a browser sends is far below the limit.
fn request_head(stream: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let mut part = [0; 1024];
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        let read = stream.read(&mut part)?;
        if read == 0 || head.len() > LONGEST_HEAD {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.extend_from_slice(part.get(..read).unwrap_or_default());
    }
    Ok(head)
}

fn asks_for(head: &[u8], path: &str) -> bool {
    let line = head.split(|byte| *byte == b'\r').next().unwrap_or_default();
    let mut words = line.split(|byte| *byte == b' ');
    words.next() == Some(b"GET") && words.next() == Some(path.as_bytes())
}

/// The page may load nothing and run nothing, and nothing keeps it: it names a person.
fn found(page: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\n\
         Content-Type: text/html; charset=utf-8\r\n\
         Content-Length: {}\r\n\
         Content-Security-Policy: default-src 'none'; style-src {}; img-src data:\r\n\
         Cache-Control: no-store\r\n\
         Referrer-Policy: no-referrer\r\n\
         X-Content-Type-Options: nosniff\r\n\
         Connection: close\r\n\r\n{page}",
        page.len(),
        style_source()
    )
}

const LONGEST_HEAD: usize = 32 * 1024;

const NOT_HERE: &str = "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
