"""What the portal knows by name and number: municipalities, postal codes, packages."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matching.package_text import parse_package_choice
from providers.database import fetch
from providers.reference.loader import read
from providers.reference.spelling import spellings


@dataclass(frozen=True, slots=True)
class Directory:
    """`names`: municipality names by code. `known_as`: codes by every spelling, GLN and SOR number."""

    names: Mapping[str, str]
    known_as: Mapping[str, str]
    postal_codes: Mapping[str, tuple[str, ...]]
    packages: frozenset[str]

    def municipality(self, said: str) -> str | None:
        """The code of a municipality that is named by code, GLN, SOR number, name or official name."""
        return next((self.known_as[word] for word in _words(said) if word in self.known_as), None)

    def residences(self, municipality: str, postal_code: str) -> tuple[str, ...]:
        """Where somebody may live of whom the municipality is said, or else the postal code; empty = nobody knows."""
        if code := self.municipality(municipality):
            return (code,)
        return self.postal_codes.get(postal_code, ())

    def package(self, said: str) -> str | None:
        """The code of a package, written as its code or with words: "01 Underekstremitet, kirurgisk"."""
        found = parse_package_choice(said, self.packages) or parse_package_choice(f"{said} basal", self.packages)
        return found[0] if found else None


async def load_directory() -> Directory:
    """As the database has it, with the numbers that municipalities have been given."""
    municipalities = await fetch("SELECT code, name, official_name, sor, gln FROM municipality ORDER BY code")
    postal_codes = await fetch("SELECT code, municipality_codes FROM postal_code")
    packages = await fetch("SELECT code FROM package")
    return _directory(map(dict, municipalities), map(dict, postal_codes), map(dict, packages))


def printed_directory() -> Directory:
    """As the files of the program have it: without numbers, which are given in the database."""
    return _directory(read("municipalities.csv"), read("postal_codes.csv"), read("packages.csv"))


def _directory(
    municipalities: Iterable[Mapping[str, object]],
    postal_codes: Iterable[Mapping[str, object]],
    packages: Iterable[Mapping[str, object]],
) -> Directory:
    known = [{name: str(value) for name, value in row.items() if value} for row in municipalities]
    return Directory(
        names={row["code"]: row["name"] for row in known},
        known_as={
            word: row["code"]
            for row in known
            for key in ("official_name", "name", "gln", "sor", "code")
            for word in _words(row.get(key, ""))
        },
        postal_codes={str(row["code"]): tuple(_list(row["municipality_codes"])) for row in postal_codes},
        packages=frozenset(str(row["code"]) for row in packages),
    )


def _words(said: str) -> frozenset[str]:
    """A number without its spaces, or the spellings of a name; three figures are a code without its nought."""
    number = "".join(said.split())
    if not number.isdecimal():
        return spellings(said)
    return frozenset({number.zfill(4) if len(number) == 3 else number})


def _list(value: object) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []
