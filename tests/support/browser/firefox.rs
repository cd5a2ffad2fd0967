//! Firefox without a window. Its PIN prompt is answered from inside, as its remote protocol hangs on
//! a prompt of the certificate store.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

use super::marionette::{Context, Marionette};
use super::{Browser, Habits, LOOK, Page, Product, Reply, database, page, register};
use crate::login::{CALL_LOG, FOLDER, Login};
use crate::rig::wait_until;

/// A running Firefox.
pub struct Firefox {
    child: Child,
    marionette: Marionette,
}

impl Firefox {
    /// Starts it with everything it keeps in [`FOLDER`].
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[must_use]
    pub fn start(habits: Habits, login: &Login) -> Self {
        let folder = Path::new(FOLDER);
        let home = Product::Firefox.home();
        let _ = fs::remove_dir_all(&home);
        let profiles = home.join(".mozilla/firefox");
        let profile = profiles.join("test");
        database(&profile, login);
        fs::write(profiles.join("profiles.ini"), PROFILES).expect("a private folder");
        register(&home, login, habits.registered);
        fs::write(profile.join("user.js"), PREFERENCES).expect("a private folder");
        let log = File::create(folder.join("firefox.log")).expect("a private folder");
        let child = Command::new("firefox-esr")
            .args(["--headless", "--no-remote", "--marionette"])
            .args(["-remote-allow-system-access", "--profile"])
            .arg(&profile)
            .env("HOME", &home)
            .env("MOZ_CRASHREPORTER_DISABLE", "1")
            .env(CALL_LOG, login.call_log())
            .stdin(Stdio::null())
            .stdout(log.try_clone().expect("a second handle"))
            .stderr(log)
            .spawn()
            .expect("firefox-esr starts");
        let mut port = None;
        wait_until("Firefox", || {
            port = active_port(&profile);
            port.is_some()
        });
        let mut marionette = Marionette::connect(port.expect("just found"), habits.goes_on);
        marionette
            .run(Context::Chrome, WATCH_PROMPTS, Value::Null)
            .unwrap_or_else(|error| panic!("prompts cannot be watched: {error}"));
        Self { child, marionette }
    }

    fn in_chrome(&mut self, script: &str, argument: Value) -> Value {
        self.marionette
            .run(Context::Chrome, script, argument)
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }
}

impl Browser for Firefox {
    fn script(&mut self, script: &str) {
        self.marionette
            .run(Context::Content, script, Value::Null)
            .unwrap_or_else(|error| panic!("{script}: {error}"));
    }

    fn navigate(&mut self, url: &str) {
        self.marionette
            .ask("WebDriver:Navigate", &json!({ "url": url }))
            .unwrap_or_else(|error| panic!("{url}: {error}"));
    }

    fn shown(&mut self) -> Option<Page> {
        // There is no document for a moment between two pages.
        let found = self
            .marionette
            .run(Context::Content, &format!("return {LOOK}"), Value::Null);
        page(found.ok()?.as_str()?)
    }

    fn reply_with(&mut self, replies: &[Reply]) {
        let replies: Vec<_> = replies
            .iter()
            .map(|reply| match reply {
                Reply::Pin(digits) => Value::from(*digits),
                Reply::Cancel => Value::Null,
            })
            .collect();
        self.in_chrome("Services.siru.replies = arguments[0]", replies.into());
    }

    fn prompts(&mut self) -> usize {
        let count = self.in_chrome("return Services.siru.prompts", Value::Null);
        usize::try_from(count.as_u64().expect("a count")).expect("not many")
    }

    fn picture(&mut self, name: &Path) -> PathBuf {
        let file = name.with_extension("png");
        let wanted = json!({ "full": false });
        let picture = self.marionette.ask("WebDriver:TakeScreenshot", &wanted);
        let text = picture.unwrap_or_default()["value"].to_string();
        let decoder = Command::new("base64")
            .args(["--decode", "--ignore-garbage"])
            .stdin(Stdio::piped())
            .stdout(File::create(&file).expect("a place for the picture"))
            .spawn();
        let mut decoder = decoder.expect("base64 starts");
        let mut input = decoder.stdin.take().expect("a pipe");
        // Without the picture the test still says what went wrong.
        let _ = input.write_all(text.as_bytes());
        drop(input);
        let _ = decoder.wait();
        file
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The port of the remote protocol, once it is written in full.
fn active_port(profile: &Path) -> Option<u16> {
    let file: PathBuf = profile.join("MarionetteActivePort");
    fs::read_to_string(file).ok()?.trim().parse().ok()
}

/// A prompt is ready for its answer when it has its focus, a moment after it says that it is loaded.
const WATCH_PROMPTS: &str = "
    Services.siru = { replies: [], prompts: 0 };
    Services.obs.addObserver({ observe(dialog) {
        const { args, ui } = dialog.Dialog;
        if (args.promptType != 'promptPassword') return;
        Services.siru.prompts += 1;
        const pin = Services.siru.replies.shift() ?? null;
        const answer = () => {
            if (!dialog.document.hasFocus() && tries-- > 0) return dialog.setTimeout(answer, 10);
            if (pin === null) return ui.button1.click();
            ui.password1Textbox.value = pin;
            ui.button0.disabled = false;
            ui.button0.click();
        };
        let tries = 50;
        dialog.setTimeout(answer, 10);
    } }, 'common-dialog-loaded');";

const PROFILES: &str = "[Profile0]\nName=test\nIsRelative=1\nPath=test\n";

const PREFERENCES: &str = r#"
user_pref("marionette.port", 0);
user_pref("security.default_personal_cert", "Select Automatically");
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("app.update.enabled", false);
user_pref("app.normandy.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.dns.disablePrefetch", true);
user_pref("network.http.speculative-parallel-limit", 0);
user_pref("services.settings.server", "data:,");
user_pref("browser.safebrowsing.update.enabled", false);
user_pref("signon.rememberSignons", false);
"#;
