"""The sentences of the dialogs: assets/i18n/<language>/siru_setup.ftl, of Fluent only lines `name = text`."""

import re
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "assets" / "i18n"
LINE = re.compile(r"(?P<name>[a-z][a-z0-9-]*) = (?P<text>\S.*)")
# English stands in the table of properties; the others are set over it.
ENGLISH = "en"
# By the property LANGUAGE, or else by the language of the person's Windows: fi-FI; sv-SE and sv-FI.
CONDITIONS = {
    "fi": 'LANGUAGE = "fi" OR (NOT LANGUAGE AND UserLanguageID = 1035)',
    "sv": 'LANGUAGE = "sv" OR (NOT LANGUAGE AND (UserLanguageID = 1053 OR UserLanguageID = 2077))',
}


def read(language):
    """The sentences of a language by name."""
    sentences = {}
    path = FOLDER / language / "siru_setup.ftl"
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        # A brace begins what only Fluent can fill in; a bracket, what the installer would.
        if not match or set(match["text"]) & set("{}[]"):
            raise ValueError(f"{path}:{number}: not one line with a plain sentence")
        if match["name"] in sentences:
            raise ValueError(f"{path}:{number}: {match['name']} twice")
        sentences[match["name"]] = match["text"]
    return sentences


def property_of(name):
    """The property that holds a sentence: `newer-installed` is said by [SayNewerInstalled]."""
    return "Say" + "".join(part.capitalize() for part in name.split("-"))


def all_languages():
    """The sentences by language and name, the same names in each."""
    found = {language: read(language) for language in [ENGLISH, *CONDITIONS]}
    for language, sentences in found.items():
        different = found[ENGLISH].keys() ^ sentences.keys()
        if different:
            raise ValueError(f"{language} and {ENGLISH} differ in {', '.join(sorted(different))}")
    return found


def add_sentences(properties, actions, sequences, first):
    """Adds the English sentences as properties, and actions that say them in another language.

    Gives the next free number of the sequences."""
    languages = all_languages()
    for name, text in languages[ENGLISH].items():
        properties.add(property_of(name), text)
    number = first
    for language, condition in CONDITIONS.items():
        for name, text in languages[language].items():
            action = f"{property_of(name)}.{language}"
            actions.add(Action=action, Type="51", Source=property_of(name), Target=text)
            for sequence in sequences:
                sequence.add(action, condition, number)
            number += 1
    return number
