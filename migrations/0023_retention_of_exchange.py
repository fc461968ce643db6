"""What was sent is emptied with its report; and a kind of data is a word, so that a new one changes no table."""

from tortoise import fields
from tortoise.migrations import operations as ops

from providers import migrating

# An attempt is history, which nobody else may change.
FORGETTING = """
CREATE FUNCTION forget_reports(reports uuid[]) RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    forgotten bigint;
BEGIN
    UPDATE report SET body = '', answer = NULL WHERE id = ANY (reports) AND state NOT IN ('queued', 'sent');
    GET DIAGNOSTICS forgotten = ROW_COUNT;
    UPDATE report_attempt SET body = NULL, answer = '(slettet)'
    FROM report WHERE report.id = report_attempt.report_id AND report.id = ANY (reports)
        AND octet_length(report.body) = 0;
    RETURN forgotten;
END $$;
REVOKE EXECUTE ON FUNCTION forget_reports FROM PUBLIC;
GRANT EXECUTE ON FUNCTION forget_reports TO genvej_worker;
"""


class Migration(migrating.Migration):
    dependencies = [("genvej", "0022_report_exchange")]
    operations = [
        migrating.StateChange(model_name="RetentionCount", name="kind", field=fields.CharField(max_length=16)),
        migrating.StateChange(model_name="RetentionRule", name="kind", field=fields.CharField(max_length=16)),
        ops.RunSQL(FORGETTING),
    ]
