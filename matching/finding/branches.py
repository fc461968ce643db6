"""The three parts of the offer table, each with indexes of its own, and how offers are read from them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from matching.finding.qualifying import BASIS

_ORIGIN = "ST_SetSRID(ST_MakePoint({easting}, {northing}), 25832)"
DISTANCE = f"o.point <-> {_ORIGIN}"
BOX = f"o.point && ST_Expand({_ORIGIN}, {{radius}})"
"""What an index can tell of the radius: a corner may still be too far away."""


@dataclass(frozen=True, slots=True)
class Branch:
    """`where` says which offers these are; `first` and `last` are the instants between which a time must begin."""

    name: str
    where: str
    first: str
    last: str = "coalesce({before}::timestamptz, 'infinity')"

    @property
    def promising(self) -> str:
        """Offers that may have such a time."""
        within = f"o.next_free < {self.last} AND o.last_free >= {self.first}"
        return f"{self.where} AND {within} AND o.free_kinds & {{kinds}}::int <> 0"


# Whom a basis is for, municipalities' own sites or private providers, is the law's to say: a wish for one kind of
# provider closes the branch of the other.
HOME = Branch(
    "home",
    f"o.package_level_id = {{package_level}} AND o.municipality_id = {{home}} AND {BASIS} = ANY ({{bases}}::text[])"
    " AND {bases}::text[] && '{{own,contract}}'",
    "{not_before}::timestamptz",
)
# What is distinct from a number may be none: so the planner leaves the index of those that have one to the home branch.
# Where the home's own sites are open too they are read once more: to pass over them, those nearest by, takes longer.
OTHER = Branch(
    "other",
    "o.package_level_id = {package_level} AND o.kind = 'municipal'"
    " AND (o.municipality_id IS DISTINCT FROM {home} OR 'own' = ANY ({bases}::text[]))"
    " AND 'other_municipality' = ANY ({bases}::text[]) AND {kind}::text IS DISTINCT FROM 'private'",
    "{not_before}::timestamptz",
)
PRIVATE = Branch(
    "private",
    "o.package_level_id = {package_level} AND o.kind = 'extended'"
    " AND 'extended' = ANY ({bases}::text[]) AND {kind}::text IS DISTINCT FROM 'municipal'",
    "{extended_not_before}::timestamptz",
)
BRANCHES = (HOME, OTHER, PRIVATE)


def each(read: Callable[[Branch], str], prefix: str = "", branches: Iterable[Branch] = BRANCHES) -> str:
    """One named sub-select for each branch: `home AS (…), other AS (…), private AS (…)`."""
    return ",\n".join(f"{prefix}{branch.name} AS ({read(branch)})" for branch in branches)


def together(prefix: str = "") -> str:
    """The rows of those sub-selects."""
    return " UNION ALL ".join(f"SELECT * FROM {prefix}{branch.name}" for branch in BRANCHES)


def first_stop(columns: tuple[str, ...], prefix: str = "") -> str:
    """Of the branches that stopped because they had `rows` rows: where the first one of them stopped; else no row."""
    listed, last = ", ".join(columns), ", ".join(f"{column} DESC" for column in columns)
    stops = " UNION ALL ".join(
        f"(SELECT {listed} FROM {prefix}{branch.name}"
        f" WHERE (SELECT count(*) >= {{rows}} FROM {prefix}{branch.name}) ORDER BY {last} LIMIT 1)"
        for branch in BRANCHES
    )
    return f"SELECT * FROM ({stops}) stop ORDER BY {listed} LIMIT 1"
