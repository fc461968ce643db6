"""What must be true of the cases at any moment, however many people choose at once.

Each rule is one SQL statement, so it sees one instant of the database and may be run while the portal works. It
answers one line for each fault; no line names a citizen.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from matching.states import CURRENT, SEATED, BookingState, PlanState
from providers.database import fetch
from providers.offers import WANTED_OFFERS


def _words(states: Iterable[BookingState | PlanState]) -> str:
    return ", ".join(sorted(f"'{state.value}'" for state in states))


_TAKEN = f"""
SELECT format('slot %s: taken is %s, but %s bookings have a seat', t.id, t.taken, count(b.id))
FROM slot t LEFT JOIN booking b ON b.slot_id = t.id AND b.state IN ({_words(SEATED)})
GROUP BY t.id HAVING t.taken <> count(b.id)
"""

_HELD = """
SELECT format('slot %s: %s seats, but %s taken, %s blocked and %s held',
              t.id, t.seats + t.extra_seats, t.taken, t.blocked_seats, count(h.id))
FROM slot t LEFT JOIN hold h ON h.slot_id = t.id AND h.until > $1
GROUP BY t.id HAVING t.taken + t.blocked_seats + count(h.id) > t.seats + t.extra_seats
"""

_AGREED = """
SELECT format('slot %s: %s hours agreed, but %s seats used up', w.id, count(*), w.blocked_seats)
FROM slot w JOIN slot h ON h.agreed_in_id = w.id AND h.taken > 0
GROUP BY w.id HAVING count(*) > w.blocked_seats
"""

# A first free time that has gone by is no fault: until the job of that minute comes, it promises nothing.
_OFFERS = f"""
SELECT format('offer of approval %s under agreement %s: %s, not as computed anew', approval_id, agreement_id,
              CASE WHEN o.site_id IS NULL THEN 'missing' WHEN w.site_id IS NULL THEN 'left over' ELSE 'stale' END)
FROM ({WANTED_OFFERS}) w FULL JOIN offer o USING (approval_id, agreement_id)
WHERE (o.site_id, o.package_level_id, o.kind, o.municipality_id, o.valid_from, o.valid_until)
      IS DISTINCT FROM (w.site_id, w.package_level_id, w.kind, w.municipality_id, w.valid_from, w.valid_until)
   OR NOT coalesce(ST_Equals(o.point, w.point), false)
   OR ((o.next_free, o.last_free, o.free_kinds) IS DISTINCT FROM (w.next_free, w.last_free, w.free_kinds)
       AND (o.next_free < $1) IS NOT TRUE)
"""

_CHOICES = f"""
SELECT format('plan %s: %s, with %s offered and %s current bookings', p.id, p.state, n.offered, n.chosen)
FROM plan p CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE b.state = '{BookingState.OFFERED}') AS offered,
           count(*) FILTER (WHERE b.state IN ({_words(CURRENT)})) AS chosen,
           count(*) FILTER (WHERE b.state IN ({_words(CURRENT - {BookingState.STARTED})})) AS awaited
    FROM booking b WHERE b.plan_id = p.id
) n
WHERE n.offered > 1 OR n.chosen > 1 OR (p.state = '{PlanState.BOOKED}') <> (n.awaited > 0)
"""

_SEQUENCES = """
SELECT format('plan %s: %s events, numbered %s to %s', plan_id, count(*), min(sequence), max(sequence))
FROM case_event GROUP BY plan_id HAVING min(sequence) <> 1 OR max(sequence) <> count(*)
"""

_REPORTS = """
SELECT format('event %s of plan %s: %s reports, %s of them in its place', e.sequence, e.plan_id, count(r.id),
              count(r.id) FILTER (WHERE r.plan_id = e.plan_id AND r.sequence = e.sequence))
FROM case_event e LEFT JOIN report r ON r.event_id = e.id
GROUP BY e.id HAVING count(r.id) = 0 OR bool_or((r.plan_id, r.sequence) <> (e.plan_id, e.sequence))
"""

INVARIANTS: Mapping[str, str] = {
    "every seat that is taken has its booking": _TAKEN,
    "no seat is held that is not there": _HELD,
    "an hour agreed in a week uses up a seat of it": _AGREED,
    "offers are what a full recompute would make them": _OFFERS,
    "a plan has one choice and one offer at most, and its state says which": _CHOICES,
    "events count from one without gaps": _SEQUENCES,
    "every event is reported": _REPORTS,
}


async def broken_invariants(now: datetime, *, notice: timedelta = timedelta(0)) -> list[str]:
    """One line for each fault, with the rule it breaks; empty when everything is as it must be.

    With the `notice` of a worker that looks ahead by it, times before its end are not held against the offers.
    It reads every slot, booking and event: seconds in a small country, minutes in a large one.
    """
    faults: list[str] = []
    for rule, query in INVARIANTS.items():
        moment = now + notice if query is _OFFERS else now
        records = await fetch(query, *([moment] if "$1" in query else []))
        faults += sorted(f"{rule}: {fault}" for (fault,) in records)
    return faults
