"""Random small worlds, for hypothesis to draw and to shrink.

The edges of the law are drawn often: a few places that many sites share, days and hours close to each other, instants
at and just before Danish midnight, and weeks in which the clocks change. What comes first is what shrinks to.
Each strategy is built once for each moment, which makes drawing several times faster.
"""

from datetime import UTC, date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from matching.finding import Fact
from providers.clock import local_date, start_of_day
from tests.support.drawing import many, mostly, usually
from tests.support.small_world import (
    PLANS,
    Agreement,
    Approval,
    Hold,
    Period,
    Practitioner,
    Provider,
    Site,
    Slot,
    World,
)

MOMENTS = (
    datetime(2026, 11, 16, 9, 0, tzinfo=UTC),
    # The clocks change on the Sunday after each of these.
    datetime(2026, 3, 23, 9, 0, tzinfo=UTC),
    datetime(2026, 10, 19, 9, 0, tzinfo=UTC),
)
COPENHAGEN, AMAGER, FREDERIKSBERG = (12.5700, 55.6760), (12.6000, 55.6500), (12.5239, 55.6824)
BORNHOLM, LAESOE, AEROE = (14.7000, 55.1000), (11.0200, 57.2700), (10.4000, 54.8900)
AALBORG, ESBJERG = (9.9200, 57.0500), (8.4500, 55.4700)
PLACES = (COPENHAGEN, AMAGER, FREDERIKSBERG, BORNHOLM, LAESOE, AEROE, AALBORG, ESBJERG)
MUNICIPALITIES = ("0101", "0400", "0825", "0492")
LONG_AGO = date(2020, 1, 1)
_FOR_EVER = Period(LONG_AGO, None)
DAYS = 12

_APPROVED_FOR: st.SearchStrategy[tuple[int, ...]] = st.sampled_from((*[(4, 5, 8)] * 4, (4, 8), (4,), (5,)))
_THERAPIST = Practitioner("5151")
_STAFF: st.SearchStrategy[tuple[Practitioner, ...]] = mostly(
    (_THERAPIST,),
    (),
    (Practitioner("5153"),),
    (Practitioner("5151", checked=False),),
    (Practitioner("5151", withdrawn=True),),
    (Practitioner("5151", role="student_under_supervision"), Practitioner("5151", role="assistant")),
    (Practitioner("5151", withdrawn=True), Practitioner("5153"), _THERAPIST),
)


@cache
def worlds(now: datetime, *, sites: int = 14) -> st.SearchStrategy[World]:
    """A registry whose offers were last rebuilt up to three days before `now`, with holds around `now`."""

    def world(hours: int, sites: tuple[Site, ...], holds: tuple[Hold, ...]) -> World:
        slots = sum(len(site.slots) for site in sites)
        return World(now - timedelta(hours=hours), sites, tuple(hold for hold in holds if hold.slot <= slots))

    return st.builds(
        world,
        hours=st.sampled_from((0, 1, 20, 70)),
        sites=usually(many(_sites(now), sites // 2, sites), many(_sites(now), 1, sites)),
        holds=st.tuples(*(_holds(now, plan) for plan in PLANS)),
    )


@cache
def crowds(now: datetime) -> st.SearchStrategy[World]:
    """Many plain sites at few places, most of them not free in time for anybody.

    The finder reads more than a page in one go; only a crowd makes it go on, stop in the midst of a tie, and come to
    the end of one branch before another's.
    """
    home, other = Agreement("own", "0101", _FOR_EVER), Agreement("own", "0400", _FOR_EVER)
    contract, extended = Agreement("contract", "0101", _FOR_EVER), Agreement("extended", None, _FOR_EVER)
    clinics = (Provider(None, (extended,)), Provider(None, (contract, extended)))
    approvals = (Approval(4, "approved", _FOR_EVER),)

    def site(provider: Provider, place: tuple[float, float], in_time: bool) -> Site:
        slot = Slot(now + timedelta(hours=72 if in_time else 2), "individual", 1, 0, 0, None)
        return Site(provider, place, now, (_THERAPIST,), approvals, (slot,))

    providers = st.sampled_from((*clinics, clinics[0], Provider("0101", (home,)), Provider("0400", (other,))))
    sites = st.builds(site, providers, st.sampled_from(PLACES[:5]), st.sampled_from((False, False, True)))
    return many(sites, 10, 60).map(lambda many: World(now, many, ()))


@cache
def _sites(now: datetime) -> st.SearchStrategy[Site]:
    today = local_date(now)
    return st.builds(
        Site,
        provider=_providers(today),
        place=st.sampled_from(PLACES),
        confirmed_at=mostly(1, 60, 61).map(lambda days: now - timedelta(days=days)),
        staff=_STAFF,
        approvals=_approvals(today),
        slots=usually(many(_slots(today), 2, 4), many(_slots(today), 0, 4)),
        facts=mostly(frozenset(Fact), frozenset(), frozenset({Fact.LIFT, Fact.PARKING})),
        languages=mostly(("da", "en"), ("da",), ("da", "ar", "en")),
    )


@cache
def _providers(today: date) -> st.SearchStrategy[Provider]:
    """A private clinic, or an institution, which may have another municipality's contract beside its own basis."""
    contracts = [("contract", code) for code in MUNICIPALITIES[:2]]
    private = st.tuples(st.none(), st.sampled_from([("extended", None)] * 2 + contracts))
    municipal = st.sampled_from(MUNICIPALITIES).map(lambda code: (code, ("own", code)))

    @st.composite
    def provider(draw: st.DrawFn) -> Provider:
        municipality, first = draw(st.one_of(private, municipal))
        bases = dict.fromkeys((first, *draw(st.lists(st.sampled_from(contracts), max_size=1))))
        return Provider(
            municipality, tuple(Agreement(b, m, period) for b, m in bases for period in draw(_periods(today)))
        )

    return provider()


@cache
def _approvals(today: date) -> st.SearchStrategy[tuple[Approval, ...]]:
    """For some levels, periods that follow each other; now and then suspended."""

    @st.composite
    def approvals(draw: st.DrawFn) -> tuple[Approval, ...]:
        levels = draw(_APPROVED_FOR)
        state = draw(mostly("approved", "suspended", "rejected"))
        return tuple(Approval(level, state, period) for level in levels for period in draw(_periods(today)))

    return approvals()


@cache
def _periods(today: date) -> st.SearchStrategy[list[Period]]:
    """For ever; or cut in two on a day, of which either part may be missing, and there may be a gap between."""

    def cut(days: int, gap: int, parts: str) -> list[Period]:
        end = today + timedelta(days=days)
        before, after = Period(LONG_AGO, end), Period(end + timedelta(days=1 + gap), None)
        return {"both": [before, after], "before": [before], "after": [after]}[parts]

    cuts = st.builds(
        cut, st.integers(-2, DAYS), st.sampled_from((0, 0, 3)), st.sampled_from(("both", "before", "after"))
    )
    return usually(st.just([_FOR_EVER]), cuts)


@cache
def _slots(today: date) -> st.SearchStrategy[Slot]:
    def slot(day: int, minute: int, seats: int, gone: int, blocked: int, **rest: object) -> Slot:
        starts_at = start_of_day(today + timedelta(days=day)) + timedelta(minutes=minute)
        taken = min(gone, seats)
        return Slot(
            starts_at=starts_at,
            seats=seats,
            taken=taken,
            blocked_seats=min(blocked, seats - taken),
            **rest,  # type: ignore[arg-type]
        )

    return st.builds(
        slot,
        day=st.integers(-1, DAYS),
        minute=st.sampled_from((600, 0, -1, 1380, 719, 720, 960)),
        seats=st.sampled_from((1, 1, 2, 3)),
        gone=st.sampled_from((*[0] * 5, 1, 3)),
        blocked=st.sampled_from((*[0] * 5, 1)),
        mode=st.sampled_from(("individual", "group", "home", "digital")),
        package_levels=mostly(None, (4,), (5, 8), (4, 8)),
    )


@cache
def _holds(now: datetime, plan: int) -> st.SearchStrategy[Hold]:
    until = st.sampled_from((15, 0, -60)).map(lambda minutes: now + timedelta(minutes=minutes))
    return st.builds(Hold, plan=st.just(plan), slot=st.integers(1, 20), until=until)
