"""The card families of atrs.txt, as Windows wants them registered for a minidriver."""

from dataclasses import dataclass

CARDS = r"SOFTWARE\Microsoft\Cryptography\Calais\SmartCards"
LOCAL_MACHINE = "2"


@dataclass(frozen=True)
class Family:
    """The cards with one answer to reset, but for the bytes that the mask leaves out."""

    name: str
    answer: bytes
    mask: bytes


def read(path):
    """The families in the file `path`."""
    families = []
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, answer, mask = (part.strip() for part in line.split("|"))
        family = Family(name, bytes.fromhex(answer), bytes.fromhex(mask))
        if len(family.answer) != len(family.mask) or any(a & ~m for a, m in zip(family.answer, family.mask)):
            raise ValueError(f"{path}:{number}: Windows would never find this answer to reset")
        families.append(family)
    return families


def values(family):
    """Name and value of each registry value of a family, in the form of the table Registry."""
    # "#x" makes a value binary, "[#…]" stands for the path of the installed file.
    return {
        "ATR": f"#x{family.answer.hex().upper()}",
        "ATRMask": f"#x{family.mask.hex().upper()}",
        "Crypto Provider": "Microsoft Base Smart Card Crypto Provider",
        "Smart Card Key Storage Provider": "Microsoft Smart Card Key Storage Provider",
        "80000001": "[#siru_minidriver.dll]",
    }


def add_families(registry, families):
    """Adds the values of all families to the table Registry."""
    for index, family in enumerate(families, 1):
        for place, (name, value) in enumerate(values(family).items(), 1):
            registry.add(
                Registry=f"Family{index}_{place}",
                Root=LOCAL_MACHINE,
                Key=f"{CARDS}\\{family.name}",
                Name=name,
                Value=value,
                Component_="CardModule",
            )
