"""For whom a transaction looks: the database itself shows the app and the worker no citizen's row outside it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Scope:
    """One plan, one citizen, one municipality's cases, or one provider's.

    `citizen` is the keyed hash of the CPR number, or several with commas between while the key is being changed.
    """

    plan: int | None = None
    citizen: str | None = None
    municipality: str | None = None
    provider: int | None = None

    @property
    def has_many_cases(self) -> bool:
        """Whether it is an organisation's: its lists have filters, and what is chosen is worth a plan of its own."""
        return self.municipality is not None or self.provider is not None

    def settings(self) -> tuple[str, str, str, str]:
        """The values of `genvej.plan`, `.citizen`, `.municipality` and `.provider`; empty = none."""
        values = (self.plan, self.citizen, self.municipality, self.provider)
        plan, citizen, municipality, provider = ("" if value is None else str(value) for value in values)
        return plan, citizen, municipality, provider


NOBODY = Scope()
"""Nothing of any citizen: the registry, the calendars, the offers."""
