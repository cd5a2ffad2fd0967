//! The page in the browser: plain HTML without scripts or anything from elsewhere.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

/// What the page says, in the language of the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The language, as HTML names it: `fi`.
    pub language: &'static str,
    /// What is tested, for the tab of the browser.
    pub title: String,
    /// The verdict in a few words.
    pub headline: String,
    /// Whether it is the one that was hoped for.
    pub good: bool,
    /// Whole sentences below it.
    pub sentences: Vec<String>,
    /// What to do next.
    pub next_step: Option<String>,
    /// Label and value: who, with which certificate, until when.
    pub rows: Vec<(String, String)>,
}

impl Page {
    /// The page as HTML. What comes from certificates is text in it, never markup.
    pub fn to_html(&self) -> String {
        let mark = if self.good { "good" } else { "bad" };
        let mut body = format!("<h1 class=\"{mark}\">{}</h1>\n", escaped(&self.headline));
        for sentence in &self.sentences {
            // Writing to a String cannot fail.
            let _ = writeln!(body, "<p>{}</p>", escaped(sentence));
        }
        if let Some(step) = &self.next_step {
            let _ = writeln!(body, "<p class=\"next\">{}</p>", escaped(step));
        }
        if !self.rows.is_empty() {
            body.push_str("<dl>\n");
            for (label, value) in &self.rows {
                let (label, value) = (escaped(label), escaped(value));
                let _ = writeln!(body, "<dt>{label}</dt><dd>{value}</dd>");
            }
            body.push_str("</dl>\n");
        }
        let (language, title) = (self.language, escaped(&self.title));
        format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <link rel=\"icon\" href=\"data:,\">\n<title>{title}</title>\n\
             <style>{STYLE}</style>\n</head>\n<body>\n<main>\n{body}</main>\n</body>\n</html>\n"
        )
    }
}

/// The one style that a browser may apply, named by its hash (Content Security Policy, level 3).
pub(crate) fn style_source() -> String {
    let digest = Sha256::digest(STYLE);
    let pem = der::pem::encode_string("STYLE", der::pem::LineEnding::LF, &digest);
    let pem = pem.unwrap_or_default();
    // The digest in base64 is one line between the two that frame it.
    format!("'sha256-{}'", pem.lines().nth(1).unwrap_or_default())
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

const STYLE: &str = "\
:root{color-scheme:light dark}\
body{font:1.05rem/1.5 system-ui,sans-serif;margin:0;padding:2rem}\
main{max-width:44rem;margin:auto}\
h1{border-left:.5rem solid;padding-left:1rem}\
h1.good{border-color:#1a7f37}h1.bad{border-color:#b35900}\
.next{font-weight:600}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:.4rem 1.5rem}\
dt{opacity:.75}dd{margin:0;overflow-wrap:anywhere}";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_style_is_named_by_its_hash() {
        let source = style_source();
        assert_eq!(source.len(), "'sha256-'".len() + 44, "{source}");
        assert!(source.ends_with("='"), "{source}");
    }

    #[test]
    fn what_a_certificate_says_is_never_markup() {
        let page = Page {
            language: "en",
            title: "Test".to_owned(),
            headline: "<script>alert(1)</script>".to_owned(),
            good: false,
            sentences: vec!["a & b".to_owned()],
            next_step: None,
            rows: vec![("Holder".to_owned(), "\"<b>'".to_owned())],
        };
        let html = page.to_html();
        assert!(!html.contains("<script"));
        assert!(html.contains("a &amp; b"));
        assert!(html.contains("<dd>&quot;&lt;b&gt;&#39;</dd>"));
    }
}
