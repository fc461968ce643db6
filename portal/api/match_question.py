"""What a program may ask of `GET matches`."""

from datetime import date, timedelta
from typing import Annotated, Literal

from pydantic import Field

from matching.finding import Fact, PartOfDay, Sort, Wishes
from matching.plan_facts import Level
from portal.api.questions import Listed, Plain, Query, Says, YesOrNo
from providers.clock import start_of_day
from providers.models import ProviderKind, SlotMode
from providers.words import N_


class MatchQuestion(Query):
    """From where, for what, in which order, and what is wished of the site and of the time."""

    package: Annotated[
        str | None,
        Field(
            pattern="^[0-9]{2}-[a-z]+$",
            max_length=24,
            description="A package's code, as `packages` lists them. Left out with a forløbskode.",
            examples=["01-kirurgisk"],
        ),
        Says(N_("package er en pakkes kode, for eksempel 01-kirurgisk. Koderne står i /api/v1/packages.")),
    ] = None
    level: Annotated[
        Level | None,
        Field(description="Left out with a forløbskode.", examples=["basic"]),
        Says(N_("level er basic eller advanced.")),
    ] = None
    postal_code: Annotated[
        str | None,
        Field(
            pattern="^[0-9]{4}$",
            description="Where distances are measured from. Give this or `lat` and `lon`; with a forløbskode neither "
            "is needed, and the home municipality's point is used.",
            examples=["1050"],
        ),
        Says(N_("postal_code er et dansk postnummer med fire cifre.")),
    ] = None
    lat: Annotated[
        float | None,
        Field(ge=-90, le=90, allow_inf_nan=False, description="Degrees north, WGS84.", examples=[55.676]),
        Says(N_("lat er et tal fra -90 til 90.")),
        Plain,
    ] = None
    lon: Annotated[
        float | None,
        Field(ge=-180, le=180, allow_inf_nan=False, description="Degrees east, WGS84.", examples=[12.57]),
        Says(N_("lon er et tal fra -180 til 180.")),
        Plain,
    ] = None
    radius_km: Annotated[
        float | None,
        Field(ge=1, le=1000, allow_inf_nan=False, description="Left out: the whole country.", examples=[25]),
        Says(N_("radius_km er et tal fra 1 til 1000. Udelad den for at søge i hele landet.")),
        Plain,
    ] = None
    sort: Annotated[
        Sort,
        Field(
            description="`distance`: nearest first, in a straight line. `first_free`: the first free time first, and "
            "of equal ones the nearest."
        ),
        Says(N_("sort er distance eller first_free.")),
    ] = Sort.DISTANCE
    kind: Annotated[
        ProviderKind | None,
        Field(description="Only sites of this kind of provider.", examples=["municipal"]),
        Says(N_("kind er municipal eller private.")),
    ] = None
    modes: Annotated[
        frozenset[SlotMode],
        Field(
            description="Only times held in one of these ways, with commas between.", examples=["individual,digital"]
        ),
        Says(N_("modes er individual, group, home eller digital, med komma imellem.")),
        Listed,
    ] = frozenset()
    facts: Annotated[
        frozenset[Fact],
        Field(description="Only sites that have all of these.", examples=[["step_free", "lift"]]),
        Says(N_("facts er step_free, lift, accessible_toilet eller parking, med komma imellem.")),
        Listed,
    ] = frozenset()
    language: Annotated[
        str | None,
        Field(pattern="^[a-z]{2}$", description="Only sites where this is spoken, ISO 639-1.", examples=["en"]),
        Says(N_("language er et sprogs kode med to bogstaver, for eksempel en.")),
    ] = None
    parts_of_day: Annotated[
        frozenset[PartOfDay],
        Field(
            description="Only times that begin then by the Danish clock: `morning` before noon, `afternoon` from noon, "
            "`evening` from 16 o'clock.",
            examples=[["morning", "evening"]],
        ),
        Says(N_("parts_of_day er morning, afternoon eller evening, med komma imellem.")),
        Listed,
    ] = frozenset()
    within_guarantee: Annotated[
        bool,
        Field(description="Only times no later than the plan's guarantee date. It needs a forløbskode."),
        Says(N_("within_guarantee er true eller false.")),
        YesOrNo,
    ] = False
    private: Annotated[
        Literal["later"] | None,
        Field(
            description="`later`: also the private sites that cannot be chosen yet, with `opens_on`, the day on which "
            "they may be. Without a forløbskode private sites are always among the answers."
        ),
        Says(N_("private kan kun være later.")),
    ] = None
    limit: Annotated[
        int,
        Field(ge=1, le=100, description="The most items of one answer."),
        Says(N_("limit er et helt tal fra 1 til 100.")),
        Plain,
    ] = 20
    cursor: Annotated[
        str | None,
        Field(
            max_length=400,
            description="`next_cursor` of the answer before; all else as it was there, `limit` excepted. It lasts a "
            "day.",
        ),
        Says(N_("cursor er next_cursor fra det forrige svar.")),
    ] = None

    def wishes(self, deadline: date | None) -> Wishes:
        """For the finder. The guarantee's own day is in time."""
        in_time = self.within_guarantee and deadline is not None
        return Wishes(
            kind=self.kind,
            modes=self.modes,
            facts=self.facts,
            language=self.language,
            parts=self.parts_of_day,
            before=start_of_day(deadline + timedelta(days=1)) if in_time and deadline else None,
        )
