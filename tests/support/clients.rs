//! Command-line clients that log in to the [`Site`](crate::site::Site) through a PKCS #11 module.
//!
//! Only for the namespace of [`with_readers`](crate::rig::with_readers), where files may be put over
//! those of the machine.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::login::{CALL_LOG, Login};
use crate::namespace::cover;
use crate::rig::{PATIENCE, run};
use crate::site::Offer;

/// An identity on a card, as the addresses of its certificate and key.
#[derive(Clone, Copy, Debug)]
pub struct Identity {
    certificate: &'static str,
    /// With the PIN in it: these programs ask nobody.
    key: &'static str,
}

/// The one for logging in, found by its identifier in the card's directory.
const AUTHENTICATION: Identity = Identity {
    certificate: "pkcs11:id=%45;type=cert",
    key: "pkcs11:id=%45;type=private?pin-value=1234",
};

/// The one for signatures, where the module shows it.
pub const SIGNATURE: Identity = Identity {
    certificate: "pkcs11:token=PIN2%20-%20signature;id=%46;type=cert",
    key: "pkcs11:token=PIN2%20-%20signature;id=%46;type=private?pin-value=123456",
};

/// A client that is no browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Client {
    /// curl with OpenSSL and its engine for PKCS #11.
    Curl,
    /// The client of GnuTLS.
    GnutlsCli,
    /// wget with GnuTLS, which finds modules by p11-kit's configuration alone.
    Wget,
    /// The client of OpenSSL, with the same engine.
    Openssl,
}

impl Client {
    /// How many signatures it makes for one handshake: wget begins with one to try the key.
    pub const fn signatures(self) -> usize {
        match self {
            Self::Wget => 2,
            Self::Curl | Self::GnutlsCli | Self::Openssl => 1,
        }
    }

    /// Asks for a page with the card's certificate; everything the program said.
    ///
    /// # Panics
    ///
    /// When it cannot be started or does not end in time.
    pub fn visit(self, login: &Login, offer: Offer, path: &str) -> String {
        self.visit_as(AUTHENTICATION, login, offer, path)
    }

    /// The same with another identity.
    ///
    /// # Panics
    ///
    /// When it cannot be started or does not end in time.
    pub fn visit_as(self, who: Identity, login: &Login, offer: Offer, path: &str) -> String {
        let Identity { certificate, key } = who;
        let url = login.site.url(offer, path);
        let port = login.site.port(offer).to_string();
        let (authority, module) = (login.site.authority(), &login.module);
        let mut command = match self {
            Self::Curl => {
                let mut curl = Command::new("curl");
                curl.args(["--silent", "--show-error", "--cacert"])
                    .arg(authority)
                    .args(["--engine", "pkcs11", "--cert-type", "ENG"])
                    .args(["--key-type", "ENG"])
                    .args(["--cert", certificate, "--key", key, &url]);
                curl
            }
            Self::GnutlsCli => {
                let mut gnutls = Command::new("gnutls-cli");
                gnutls
                    .arg(format!("--provider={}", module.display()))
                    .arg(format!("--x509cafile={}", authority.display()))
                    .arg(format!("--x509certfile={certificate}"))
                    .arg(format!("--x509keyfile={key}"))
                    .args(["-p", &port, "localhost"]);
                gnutls
            }
            Self::Wget => {
                register(module);
                let mut wget = Command::new("wget");
                wget.args(["--quiet", "--output-document=-", "--tries=1"])
                    .arg(format!("--ca-certificate={}", authority.display()))
                    .arg(format!("--certificate={certificate}"))
                    .arg(format!("--private-key={key}"))
                    .arg(&url);
                wget
            }
            Self::Openssl => {
                let certificate = read_certificate(module, certificate);
                let mut openssl = Command::new("openssl");
                openssl
                    .args(["s_client", "-quiet", "-verify_return_error"])
                    .args(["-servername", "localhost", "-CAfile"])
                    .arg(authority)
                    .arg("-cert")
                    .arg(certificate)
                    .args(["-engine", "pkcs11", "-keyform", "engine", "-key", key])
                    .args(["-connect", &format!("127.0.0.1:{port}")]);
                openssl
            }
        };
        command.env("PKCS11_MODULE_PATH", module);
        command.env(CALL_LOG, login.call_log());
        let request = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n");
        match self {
            Self::Curl | Self::Wget => said(&mut command),
            Self::GnutlsCli | Self::Openssl => converse(&mut command, &request),
        }
    }
}

/// Runs a program that needs no input.
fn said(command: &mut Command) -> String {
    let output = run(command, "");
    let text = String::from_utf8_lossy(&output.stdout);
    format!("{text}{}", String::from_utf8_lossy(&output.stderr))
}

/// Runs a program that ends with its input or with the connection: the input stays open, so that it
/// is the connection.
fn converse(command: &mut Command, input: &str) -> String {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut stdin = child.stdin.take().expect("a pipe");
    // A client whose handshake fails does not read it.
    let _ = stdin.write_all(input.as_bytes());
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > PATIENCE {
            let _ = child.kill();
            break;
        }
        thread::sleep(Duration::from_millis(5));
    }
    let mut text = Vec::new();
    let (stdout, stderr) = (child.stdout.take(), child.stderr.take());
    let _ = stdout.map(|mut stdout| stdout.read_to_end(&mut text));
    let _ = stderr.map(|mut stderr| stderr.read_to_end(&mut text));
    let _ = child.wait();
    String::from_utf8_lossy(&text).into_owned()
}

/// The certificate as a file, for a program that takes no other.
fn read_certificate(module: &Path, address: &str) -> PathBuf {
    let file = PathBuf::from("/run/certificate.pem");
    let mut p11tool = Command::new("p11tool");
    p11tool
        .arg(format!("--provider={}", module.display()))
        .arg("--export")
        .arg(address);
    let output = run(&mut p11tool, "");
    assert!(output.status.success(), "{p11tool:?}: {output:?}");
    fs::write(&file, &output.stdout).expect("a private /run");
    file
}

/// Makes the module the only one p11-kit knows, in this namespace.
fn register(module: &Path) {
    let entry = Path::new(MODULES).join("siru.module");
    if !entry.exists() {
        cover(Path::new(MODULES));
    }
    fs::write(entry, format!("module: {}\n", module.display())).expect("a private folder");
}

const MODULES: &str = "/usr/share/p11-kit/modules";
