"""What is published is found by place and by name in a time that does not grow with the country."""

from tortoise.migrations import operations as ops

from providers import migrating

# Sites and providers are few beside the cases, and written by hand: nobody waits long while their indexes are made.
INDEXES = [
    f"-- squawk-ignore require-concurrent-index-creation\nCREATE INDEX {index};"
    for index in (
        "site_point ON site USING gist (point)",
        'site_named ON site ((lower(name) COLLATE "C"), id)',
        'provider_named ON provider ((lower(name) COLLATE "C"), id)',
        "site_postal_code ON site (postal_code_id, id)",
    )
]


class Migration(migrating.Migration):
    dependencies = [("genvej", "0039_whole_weeks_checked")]
    operations = [ops.RunSQL(INDEXES)]
