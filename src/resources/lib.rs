//! What a Windows program carries beside its code, for the build scripts of our programs: the icon,
//! what the file's properties say, and the manifest (*Application manifests*).
//!
//! Elsewhere nothing is embedded, and no tool is needed.
#![forbid(unsafe_code)]

mod icon;

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use winresource::{VersionInfo, WindowsResource};

pub use icon::{Pictures, icon};

/// A file that Windows runs or loads.
#[derive(Clone, Copy, Debug)]
pub struct Described {
    /// Its name on Windows.
    pub file: &'static str,
    /// What it is, as the list of running programs shows it.
    pub description: &'static str,
    /// Whether it is a program: a library has neither an icon nor a manifest, it lives in the
    /// process of another.
    pub is_program: bool,
}

/// Why nothing could be embedded.
#[derive(Debug, thiserror::Error)]
pub enum ResourceError {
    /// A build script has variables that tell where things lie.
    #[error("this runs in build scripts only")]
    NoBuild(#[from] env::VarError),
    /// A picture cannot be read, the icon cannot be written, or there is no resource compiler.
    #[error("the resources cannot be compiled")]
    Io(#[from] io::Error),
}

/// Embeds the resources of `described` into what the calling build script builds.
///
/// # Errors
///
/// [`ResourceError`]; on other systems than Windows there is none.
pub fn embed(described: &Described) -> Result<(), ResourceError> {
    println_cargo("rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS")? != "windows" {
        return Ok(());
    }
    let mut resource = WindowsResource::new();
    for (property, text) in [
        ("ProductName", "Siru"),
        ("CompanyName", "Siru"),
        ("FileDescription", described.description),
        ("OriginalFilename", described.file),
        ("InternalName", described.file),
        ("LegalCopyright", "Apache-2.0 OR MIT"),
    ] {
        resource.set(property, text);
    }
    if described.is_program {
        let pictures = Pictures::of_product();
        for picture in pictures.files() {
            println_cargo(&format!("rerun-if-changed={}", picture.display()));
        }
        let folder = PathBuf::from(env::var("OUT_DIR")?);
        let icon_file = folder.join("siru.ico");
        std::fs::write(&icon_file, icon(&pictures)?)?;
        resource.set_icon(name(&icon_file)?);
        // From a file, byte for byte: what is given as text gets a space in front, which no XML
        // that says its encoding may have.
        let manifest_file = folder.join("siru.manifest");
        std::fs::write(&manifest_file, MANIFEST)?;
        resource.set_manifest_file(name(&manifest_file)?);
    } else {
        resource.set_version_info(VersionInfo::FILETYPE, VFT_DLL);
    }
    Ok(resource.compile()?)
}

/// As the resource compiler is told.
fn name(file: &Path) -> io::Result<&str> {
    let name = file.to_str();
    name.ok_or_else(|| io::ErrorKind::InvalidFilename.into())
}

#[expect(
    clippy::print_stdout,
    reason = "cargo reads what a build script prints"
)]
fn println_cargo(instruction: &str) {
    println!("cargo:{instruction}");
}

/// Rights of the person who starts it and no more, every pixel its own, UTF-8 as the language of
/// old functions (the names of readers come through them), and paths of any length.
pub const MANIFEST: &str = include_str!("../../assets/windows/siru.manifest");

/// A library, to the version resource (winver.h).
const VFT_DLL: u64 = 2;

#[cfg(test)]
mod tests;
