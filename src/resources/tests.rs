//! Questions to the icon and the manifest.

use std::fs::File;
use std::io::{BufReader, Cursor};

use ico::IconDir;

use crate::{MANIFEST, Pictures, icon};

#[test]
fn the_icon_holds_every_picture_as_it_is() {
    let pictures = Pictures::of_product();
    let made = IconDir::read(Cursor::new(icon(&pictures).unwrap())).unwrap();
    assert_eq!(made.entries().len(), pictures.files().len());
    for (entry, file) in made.entries().iter().zip(pictures.files()) {
        let drawn = ico::IconImage::read_png(BufReader::new(File::open(file).unwrap())).unwrap();
        let kept = entry.decode().unwrap();
        assert_eq!(
            (kept.width(), kept.height()),
            (drawn.width(), drawn.height())
        );
        let differs = kept.rgba_data().chunks(4).zip(drawn.rgba_data().chunks(4));
        // The colour of a pixel that is not seen at all is nobody's concern.
        let differs = differs.filter(|(kept, drawn)| kept != drawn && drawn[3] != 0);
        assert_eq!(differs.count(), 0, "{}", file.display());
    }
}

#[test]
fn the_manifest_asks_for_what_the_programs_need() {
    for wish in [
        r#"level="asInvoker""#,
        "PerMonitorV2",
        "<activeCodePage xmlns=\"http://schemas.microsoft.com/SMI/2019/WindowsSettings\">UTF-8<",
        "<longPathAware xmlns=\"http://schemas.microsoft.com/SMI/2016/WindowsSettings\">true<",
        // Windows 10 and 11.
        "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}",
        "Microsoft.Windows.Common-Controls",
    ] {
        assert_eq!(MANIFEST.matches(wish).count(), 1, "{wish}");
    }
}
