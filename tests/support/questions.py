"""Random questions to the finder."""

from datetime import date, datetime, timedelta
from functools import cache

from hypothesis import strategies as st

from matching.finding import Fact, PartOfDay, Sort, Wishes
from matching.finding.wishes import NO_WISHES
from matching.plan_facts import Basis
from providers.clock import local_date, start_of_day
from providers.models import ProviderKind, SlotMode
from tests.support.drawing import usually
from tests.support.small_world import OWN_PLAN, Question
from tests.support.strategies import DAYS, MUNICIPALITIES, PLACES


@cache
def questions(now: datetime, **fixed: object) -> st.SearchStrategy[Question]:
    """What somebody asks at `now`, from one of the places."""
    today = local_date(now)
    days = st.integers(0, DAYS).map(lambda days: today + timedelta(days=days))

    def question(not_before: datetime, opens_on: date | None, **rest: object) -> Question:
        earliest = max(now + timedelta(hours=12), not_before)
        extended = max(earliest, start_of_day(opens_on)) if opens_on else earliest
        return Question(
            now=now,
            not_before=earliest,
            extended_not_before=extended,
            stale_before=now - timedelta(days=60),
            opens_on=opens_on,
            **rest,  # type: ignore[arg-type]
        )

    drawn: dict[str, st.SearchStrategy[object]] = {
        "not_before": usually(st.just(now), days.map(start_of_day)),
        "opens_on": usually(st.none(), days),
        "place": st.sampled_from(PLACES),
        "radius": st.sampled_from((*[None] * 6, 1_000_000.0, 1.0, 3_000.0, 5_000.0, 20_000.0, 150_000.0)),
        "limit": st.sampled_from((1, 2, 3, 20)),
        "package_level": st.sampled_from((4, 4, 4, 8, 5)),
        "home": st.sampled_from(MUNICIPALITIES),
        "bases": usually(st.just(frozenset(Basis)), st.frozensets(st.sampled_from(tuple(Basis)))),
        "plan": st.sampled_from((None, OWN_PLAN)),
        "sort": st.sampled_from(Sort),
        "wishes": usually(st.just(NO_WISHES), _wishes(days.map(start_of_day))),
    }
    return st.builds(question, **drawn | {name: st.just(value) for name, value in fixed.items()})


def _wishes(midnights: st.SearchStrategy[datetime]) -> st.SearchStrategy[Wishes]:
    """One or two things that somebody wishes; all at once would leave nothing to find."""
    single: dict[str, st.SearchStrategy[object]] = {
        "kind": st.sampled_from(ProviderKind),
        "modes": st.frozensets(st.sampled_from(SlotMode), min_size=1, max_size=3),
        "facts": st.frozensets(st.sampled_from(Fact), min_size=1),
        "language": st.sampled_from(("da", "en", "ar", "xx")),
        "parts": st.frozensets(st.sampled_from(PartOfDay), min_size=1, max_size=2),
        "before": midnights,
    }
    names = st.sets(st.sampled_from(sorted(single)), min_size=1, max_size=2)
    return names.flatmap(lambda names: st.builds(Wishes, **{name: single[name] for name in names}))
