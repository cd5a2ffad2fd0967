# What is wrong with settings, in English: for the window and the command line.

## Settings that cannot be used

settings-unreadable = the file cannot be read
settings-too-long = the file is too long
settings-malformed = the file is not TOML
settings-unknown-value = there is no such value
settings-values = there is no such value; it can be: { $values }
settings-unknown-lock = there is no such setting
settings-unknown = there is no setting { $name }
settings-machine-only = only the settings of the computer may say this
