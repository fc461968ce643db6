"""Who may do what in the database: the roles of the app and the worker, and what holds them back."""

from portal.doctor.findings import Finding, judged
from providers.database import APP_ROLE, WORKER_ROLE, fetch, fetch_value

ROLES = [APP_ROLE, WORKER_ROLE]
APPEND_ONLY = ["audit_entry", "case_event"]

_TOO_STRONG = "SELECT rolname FROM pg_roles WHERE rolname = ANY ($1) AND (rolsuper OR rolbypassrls OR rolcreaterole)"
_MISSING = """
SELECT role FROM unnest($1::text[]) AS role
WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.rolname = role AND pg_has_role(current_user, r.oid, 'MEMBER'))
"""
_CAN_CHANGE = """
SELECT DISTINCT role || ' ' || name AS who FROM unnest($1::text[]) AS role, unnest($2::text[]) AS name,
    unnest('{UPDATE,DELETE,TRUNCATE}'::text[]) AS right_to
WHERE has_table_privilege(role, name, right_to) ORDER BY 1
"""
_UNGUARDED = """
SELECT name FROM unnest($1::text[]) AS name WHERE NOT EXISTS (
    SELECT FROM pg_trigger t
    WHERE t.tgrelid = name::regclass AND t.tgname = name || '_append_only' AND t.tgenabled <> 'D'
)
"""
_CANNOT = """
SELECT role || ' ' || name AS who FROM unnest($1::text[]) AS role,
    unnest('{plan,booking,slot,offer,session,attempt_budget}'::text[]) AS name
WHERE NOT has_table_privilege(role, name, 'SELECT') ORDER BY 1
"""
_ROWS_OPEN = """
SELECT DISTINCT c.relname FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid
WHERE NOT c.relrowsecurity OR c.relowner IN (SELECT oid FROM pg_roles WHERE rolname = ANY ($1)) ORDER BY 1
"""


async def check_roles(*, production: bool) -> Finding:
    """Both roles exist, can be taken, and have no rights beyond what they are granted."""
    faults = []
    if missing := await _names(_MISSING, ROLES):
        faults.append(f"The user that logs in cannot become {' and '.join(missing)}. Run: genvej migrate")
    if strong := await _names(_TOO_STRONG, ROLES):
        faults.append(f"Too strong: {', '.join(strong)}. Run: ALTER ROLE … NOSUPERUSER NOBYPASSRLS NOCREATEROLE")
    if production and await fetch_value("SELECT rolsuper FROM pg_roles WHERE rolname = session_user"):
        faults.append("The user that logs in is the server's superuser. Make one that only owns this database.")
    return judged("roles", faults, f"{' and '.join(ROLES)} are there, and no stronger than they should be")


async def check_grants() -> Finding:
    """What is only ever added to can be changed by nobody; what must be read can be."""
    faults = []
    if changing := await _names(_CAN_CHANGE, ROLES, APPEND_ONLY):
        faults.append(f"May change what is append-only: {', '.join(changing)}. Run: REVOKE UPDATE, DELETE, TRUNCATE …")
    if unguarded := await _names(_UNGUARDED, APPEND_ONLY):
        faults.append(f"Without its trigger: {', '.join(unguarded)}. Restore it from migrations/0004.")
    if blind := await _names(_CANNOT, ROLES):
        faults.append(f"Cannot read: {', '.join(blind)}. Run: GRANT SELECT …")
    return judged("grants", faults, f"{' and '.join(APPEND_ONLY)} can only be added to")


async def check_rows() -> Finding:
    """Rows of citizens are shown to the roles by scope only."""
    faults = []
    if unbound := await _names(_ROWS_OPEN, ROLES):
        faults.append(f"Row-level security does not hold for {', '.join(unbound)}. Enable it, as the tables' owner.")
    if not await fetch_value("SELECT count(*) FROM pg_policy"):
        faults.append("There is no row-level security at all. Run: genvej migrate")
    return judged("rows", faults, "row-level security holds")


async def _names(query: str, *values: object) -> list[str]:
    return [record[0] for record in await fetch(query, *values)]
