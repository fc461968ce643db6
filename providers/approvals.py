"""What a site may deliver, as the approver sees it."""

from providers.database import fetch
from providers.models import ApprovalState

_BY_STATE = "SELECT state, count(*) AS approvals FROM approval GROUP BY state"


async def approvals_by_state() -> dict[ApprovalState, int]:
    """How many approvals the country has in each state; every state is there."""
    found = {row["state"]: row["approvals"] for row in await fetch(_BY_STATE)}
    return {state: found.get(state, 0) for state in ApprovalState}
