# Vad som är fel med inställningar, på svenska: för fönstret och kommandoraden.

## Inställningar som inte kan användas

settings-unreadable = filen kan inte läsas
settings-too-long = filen är för lång
settings-malformed = filen är inte TOML
settings-unknown-value = det finns inget sådant värde
settings-values = det finns inget sådant värde; möjliga är: { $values }
settings-unknown-lock = det finns ingen sådan inställning
settings-unknown = det finns ingen inställning { $name }
settings-machine-only = bara datorns inställningar får säga detta
