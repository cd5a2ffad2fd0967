//! The command line as clap knows it, described in the language of the person.

use clap::{Arg, ArgAction, Command, ValueHint};
use i18n_embed_fl::fl;

use crate::exit::Exit;
use crate::words::Words;

/// The command line with all its help.
pub fn command_line(words: &Words) -> Command {
    let own = words.own();
    let root = frame(Command::new("siru"), words)
        .about(fl!(own, "help-about"))
        .version(env!("CARGO_PKG_VERSION"))
        .disable_version_flag(true)
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .after_help(after_help(words))
        .subcommand(
            frame(Command::new("list"), words)
                .about(fl!(own, "help-list"))
                .arg(flag(words, "json", fl!(own, "help-json"))),
        )
        .subcommand(pin_command(words, "check", fl!(own, "help-check")))
        .subcommand(pin_command(words, "change", fl!(own, "help-change")))
        .subcommand(pin_command(words, "unlock", fl!(own, "help-unlock")))
        .subcommand(activate_command(words))
        .subcommand(certificate_command(words))
        .subcommand(login_test_command(words))
        .subcommand(browser_command(words))
        .subcommand(config_command(words))
        .subcommand(record_command(words));
    global_options(words).into_iter().fold(root, Command::arg)
}

/// What every command has: headings in the person's language, and `--help`.
fn frame(command: Command, words: &Words) -> Command {
    let own = words.own();
    let usage = fl!(own, "help-usage");
    command
        .help_template(format!(
            "{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}{{after-help}}\n"
        ))
        .subcommand_help_heading(fl!(own, "help-commands"))
        .disable_help_flag(true)
        .arg(
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help(fl!(own, "help-help"))
                .help_heading(fl!(own, "help-options")),
        )
}

fn global_options(words: &Words) -> Vec<Arg> {
    let own = words.own();
    let version = Arg::new("version")
        .short('V')
        .long("version")
        .action(ArgAction::Version)
        .help(fl!(own, "help-version"))
        .help_heading(fl!(own, "help-options"));
    let demo = option(
        words,
        "demo",
        "IMAGE",
        fl!(own, "help-demo", images = images(), states = image_states()),
    )
    .num_args(0..=1)
    .require_equals(true)
    .global(true);
    let verbose = Arg::new("verbose")
        .short('v')
        .long("verbose")
        .action(ArgAction::Count)
        .help(fl!(own, "help-verbose"))
        .help_heading(fl!(own, "help-options"))
        .global(true);
    vec![
        demo,
        option(words, "lang", "LANG", fl!(own, "help-lang")).global(true),
        verbose,
        version,
    ]
}

fn pin_command(words: &Words, name: &'static str, about: String) -> Command {
    let own = words.own();
    let file = option(words, "pin-file", "FILE", fl!(own, "help-pin-file"));
    card_options(frame(Command::new(name), words), words)
        .about(about)
        .arg(option(words, "pin", "1|2", fl!(own, "help-pin")).required(true))
        .arg(file.value_hint(ValueHint::FilePath))
        .arg(flag(words, "last-try", fl!(own, "help-last-try")))
        .after_help(fl!(own, "help-secrets"))
}

fn activate_command(words: &Words) -> Command {
    let own = words.own();
    let file = option(words, "pin-file", "FILE", fl!(own, "help-pin-file"));
    let letter = option(words, "letter", "LETTER", fl!(own, "help-letter"));
    card_options(frame(Command::new("activate"), words), words)
        .about(fl!(own, "help-activate"))
        .arg(file.value_hint(ValueHint::FilePath))
        .arg(flag(words, "last-try", fl!(own, "help-last-try")))
        .arg(letter)
        .after_help(fl!(own, "help-secrets"))
}

fn certificate_command(words: &Words) -> Command {
    let own = words.own();
    let part = |name, about| card_options(frame(Command::new(name), words), words).about(about);
    let purpose = || option(words, "purpose", "PURPOSE", fl!(own, "help-purpose"));
    let out = option(words, "out", "FILE", fl!(own, "help-out"));
    frame(Command::new("certificate"), words)
        .about(fl!(own, "help-certificate"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(part("list", fl!(own, "help-certificate-list")))
        .subcommand(part("show", fl!(own, "help-certificate-show")).arg(purpose()))
        .subcommand(
            part("export", fl!(own, "help-certificate-export"))
                .arg(purpose())
                .arg(option(words, "format", "FORMAT", fl!(own, "help-format")))
                .arg(out.value_hint(ValueHint::FilePath))
                .arg(flag(words, "chain", fl!(own, "help-chain"))),
        )
}

fn login_test_command(words: &Words) -> Command {
    let own = words.own();
    let file = option(words, "pin-file", "FILE", fl!(own, "help-pin-file"));
    let module = option(words, "module", "FILE", fl!(own, "help-test-module"));
    let trust = option(words, "trust", "FILE", fl!(own, "help-trust"));
    let browser = flag(words, "browser", fl!(own, "help-test-browser"));
    card_options(frame(Command::new("login-test"), words), words)
        .about(fl!(own, "help-login-test"))
        .arg(browser.conflicts_with_all(["pin-file", "reader", "serial"]))
        .arg(flag(words, "json", fl!(own, "help-json")))
        .arg(module.value_hint(ValueHint::FilePath))
        .arg(
            trust
                .action(ArgAction::Append)
                .value_hint(ValueHint::FilePath),
        )
        .arg(file.value_hint(ValueHint::FilePath))
        .after_help(fl!(own, "help-secrets"))
}

fn browser_command(words: &Words) -> Command {
    let own = words.own();
    let part = |name, about| frame(Command::new(name), words).about(about);
    let system = || flag(words, "system", fl!(own, "help-system"));
    let module =
        || option(words, "module", "PATH", fl!(own, "help-module")).value_hint(ValueHint::FilePath);
    frame(Command::new("browser"), words)
        .about(fl!(own, "help-browser"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(
            part("status", fl!(own, "help-browser-status"))
                .arg(flag(words, "json", fl!(own, "help-json")))
                .arg(module()),
        )
        .subcommand(
            part("register", fl!(own, "help-browser-register"))
                .arg(system())
                .arg(
                    flag(words, "if-allowed", fl!(own, "help-if-allowed"))
                        .conflicts_with_all(["system"]),
                )
                .arg(module()),
        )
        .subcommand(part("unregister", fl!(own, "help-browser-unregister")).arg(system()))
}

fn config_command(words: &Words) -> Command {
    let own = words.own();
    let part = |name, about| frame(Command::new(name), words).about(about);
    let file = Arg::new("file")
        .value_name("FILE")
        .required(true)
        .value_hint(ValueHint::FilePath)
        .help(fl!(own, "help-config-file"))
        .help_heading(fl!(own, "help-arguments"));
    frame(Command::new("config"), words)
        .about(fl!(own, "help-config"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommand(part("show", fl!(own, "help-config-show")).arg(flag(
            words,
            "json",
            fl!(own, "help-json"),
        )))
        .subcommand(part("check", fl!(own, "help-config-check")).arg(file))
}

fn record_command(words: &Words) -> Command {
    let own = words.own();
    let out = option(words, "out", "FILE", fl!(own, "help-record-out"));
    frame(Command::new("record"), words)
        .about(fl!(own, "help-record"))
        .arg(out.required(true).value_hint(ValueHint::FilePath))
        .arg(
            Arg::new("command")
                .value_name("COMMAND")
                .required(true)
                .num_args(1..)
                .trailing_var_arg(true)
                .allow_hyphen_values(true)
                .help(fl!(own, "help-record-command"))
                .help_heading(fl!(own, "help-arguments")),
        )
}

fn card_options(command: Command, words: &Words) -> Command {
    let own = words.own();
    command
        .arg(option(words, "reader", "READER", fl!(own, "help-reader")).conflicts_with("serial"))
        .arg(option(words, "serial", "SERIAL", fl!(own, "help-serial")))
}

fn option(words: &Words, name: &'static str, value: &'static str, help: String) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help(help)
        .help_heading(fl!(words.own(), "help-options"))
}

fn flag(words: &Words, name: &'static str, help: String) -> Arg {
    Arg::new(name)
        .long(name)
        .action(ArgAction::SetTrue)
        .help(help)
        .help_heading(fl!(words.own(), "help-options"))
}

fn after_help(words: &Words) -> String {
    let mut text = format!("{}:\n", fl!(words.own(), "help-exit-codes"));
    for exit in Exit::ALL {
        text.push_str(&format!("  {:>2}  {}\n", exit.code(), words.exit(exit)));
    }
    format!("{text}\n{}", fl!(words.own(), "help-secrets"))
}

/// The virtual cards as they usually are: `v3, v4, …`.
pub(crate) fn images() -> String {
    let names = siru_sim::Image::ALL.map(|image| image.to_string());
    let plain: Vec<_> = names
        .into_iter()
        .filter(|name| !name.contains('-'))
        .collect();
    plain.join(", ")
}

/// What can be added to the names of those that have states: `-fresh, -locked, …`.
pub(crate) fn image_states() -> String {
    let mut states: Vec<String> = Vec::new();
    for image in siru_sim::Image::ALL {
        let name = image.to_string();
        if let Some((_, state)) = name.split_once('-') {
            let state = format!("-{state}");
            if !states.contains(&state) {
                states.push(state);
            }
        }
    }
    states.join(", ")
}
