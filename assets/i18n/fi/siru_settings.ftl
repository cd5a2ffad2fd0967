# Mikä asetuksissa on vialla, suomeksi: ikkunalle ja komentoriville.

## Asetukset, joita ei voi käyttää

settings-unreadable = tiedostoa ei voi lukea
settings-too-long = tiedosto on liian pitkä
settings-malformed = tiedosto ei ole TOML-muotoa
settings-unknown-value = sellaista arvoa ei ole
settings-values = sellaista arvoa ei ole; mahdollisia ovat: { $values }
settings-unknown-lock = sellaista asetusta ei ole
settings-unknown = asetusta { $name } ei ole
settings-machine-only = vain tietokoneen asetuksissa voi olla tämä
