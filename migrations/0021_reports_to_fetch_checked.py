"""The constraints of 0020 on the table of reports hold for the rows that were there before it, too."""

from tortoise.migrations import operations as ops

from providers import migrating


class Migration(migrating.Migration):
    dependencies = [("genvej", "0020_time_order_and_api_keys")]
    operations = [
        ops.RunSQL(
            [
                "ALTER TABLE report VALIDATE CONSTRAINT report_waits_for_id_fkey",
                "ALTER TABLE report VALIDATE CONSTRAINT report_sent_or_fetched",
            ]
        )
    ]
