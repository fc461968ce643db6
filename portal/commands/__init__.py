"""`genvej`: one command for whoever runs the portal, and for whoever tries it."""

import typer

from portal.commands import (
    api_keys,
    auditing,
    bench,
    counting,
    demo,
    demo_data,
    dependencies,
    doctor,
    importing,
    importing_lists,
    keys,
    municipalities,
    reports,
    retention,
    serving,
)

app = typer.Typer(
    name="genvej",
    help="The free-choice portal for rehabilitation: from the code in the letter to a booked first contact.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

app.command("demo")(demo.demo)
app.command("demo-codes")(demo.demo_codes)
app.command("demo-data")(demo_data.demo_data)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("receiver")(serving.receiver)
app.command("migrate")(serving.migrate)
app.command("municipality-cvr")(municipalities.municipality_cvr)
app.command("doctor")(doctor.doctor)
app.command("figures")(counting.figures)
app.command("bench")(bench.bench)
app.command("check-dependencies")(dependencies.check_dependencies)
importing.imports.command("sites")(importing_lists.sites)
importing.imports.command("approvals")(importing_lists.approvals)
importing.imports.command("slots")(importing_lists.slots)
app.add_typer(importing.imports, name="import")
app.add_typer(auditing.audit, name="audit")
app.add_typer(keys.keys, name="keys")
app.add_typer(api_keys.api_keys, name="api-keys")
app.add_typer(retention.retention, name="retention")
app.add_typer(reports.reports, name="reports")


@app.command("test")
def test() -> None:
    """Run the tests: `python3 -m portal test [pytest arguments]` from the clone."""
    raise typer.BadParameter("the tests are run from the clone, with: python3 -m portal test")
