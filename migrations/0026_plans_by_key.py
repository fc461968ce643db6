"""A municipality's key may send plans in; and offers in order of time are read from their index alone."""

from tortoise.migrations import operations as ops
from tortoise.migrations.constraints import CheckConstraint

from providers import migrating

SCOPES = (
    "cardinality(scopes) > 0 AND CASE WHEN provider_id IS NULL THEN scopes <@ ARRAY['reports','plans']::varchar[]"
    " ELSE scopes <@ ARRAY['slots']::varchar[] END"
)

# Until now nobody could be given a key, so there is no row to look at.
KEYS = [
    "-- squawk-ignore ban-drop-constraint\nALTER TABLE api_key DROP CONSTRAINT api_key_scopes_fit_organisation;",
    "-- squawk-ignore constraint-missing-not-valid\n"
    f"ALTER TABLE api_key ADD CONSTRAINT api_key_scopes_fit_organisation CHECK ({SCOPES});",
]

# Offers are derived, and few beside the cases: nobody waits long while an index of theirs is made anew.
SOONEST = [
    "-- squawk-ignore require-concurrent-index-deletion\nDROP INDEX offer_soonest;",
    "-- squawk-ignore require-concurrent-index-creation\n"
    "CREATE INDEX offer_soonest ON offer (package_level_id, kind, next_free)"
    " INCLUDE (site_id, municipality_id, point) WHERE next_free IS NOT NULL;",
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0025_site_supervision")]
    operations = [
        ops.RunSQL([*KEYS, *SOONEST]),
        migrating.StateRemoval(model_name="ApiKey", name="api_key_scopes_fit_organisation"),
        migrating.StateConstraint(
            model_name="ApiKey",
            constraint=CheckConstraint(check=SCOPES, name="api_key_scopes_fit_organisation"),
        ),
    ]
