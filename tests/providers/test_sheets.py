"""Lists of sites and approvals: read in any of the usual ways, taken in whole or not at all, and once."""

from datetime import date, timedelta
from typing import Any

import pytest

from providers.actors import Actor
from providers.approving import Decision, Period, decide
from providers.approving.importing import import_approvals
from providers.csv_text import records_of
from providers.errors import GenvejError
from providers.models import Agreement, Approval, ApprovalState, Provider, Site, SiteEvent
from providers.roles import Role
from providers.sheets.columns import Kind
from providers.sheets.errors import (
    ColumnsMissing,
    SheetEmpty,
    SheetOfAnotherKind,
    SheetOfApprovals,
    SheetOfSlots,
    SheetTooLong,
)
from providers.sheets.outcome import Outcome
from providers.sheets.reading import read_sheet
from providers.sites.importing import import_sites
from tests.support.invariants import assert_invariants
from tests.support.worlds import KNEE_BASIC, NOW, TODAY, a_provider, a_site, an_approval

pytestmark = pytest.mark.usefixtures("clean_world")

DAYS = timedelta(days=1)
OWNER = Actor("account:1", Role.CLINIC_OWNER)
APPROVER = Actor("account:2", Role.APPROVER)
SITES = "sted;vej;postnummer;telefon;elevator\r\n"
APPROVALS = "stednummer;pakke;niveau;fra;til;tilstand\n"


async def take_sites(text: str | bytes, provider: Provider | None, *, only_looking: bool = False) -> Outcome:
    sheet = read_sheet(text if isinstance(text, bytes) else text.encode(), Kind.SITES)
    number = provider.pk if provider else None
    return await import_sites(sheet, provider=number, actor=OWNER, now=NOW, only_looking=only_looking)


async def take_approvals(*lines: str, only_looking: bool = False) -> Outcome:
    sheet = read_sheet((APPROVALS + "\n".join(lines)).encode(), Kind.APPROVALS)
    return await import_approvals(sheet, actor=APPROVER, now=NOW, only_looking=only_looking)


def said(outcome: Outcome) -> list[tuple[int, str]]:
    return [(bad.line, bad.error.code) for bad in outcome.bad]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_a_list_is_read_however_the_spreadsheet_has_written_it(encoding: str, delimiter: str) -> None:
    text = 'Sted;Vej;Post-nummer;bemærkning\r\n\r\n"Åen, nr. 1";Søvej 2;1050;"to\r\nlinjer"\r\n\'=1+1;x;y\r\n'
    if delimiter == ",":
        text = text.replace("Åen, nr. 1", "Åen nr. 1")
    sheet = read_sheet(text.replace(";", delimiter).encode(encoding), Kind.SITES)
    first, second = sheet.lines
    assert (first.number, second.number) == (3, 5)
    assert first["site_name"].startswith("Åen")
    assert (first["street"], second["site_name"], second["web"]) == ("Søvej 2", "=1+1", "")


class Counted(list[str]):
    """Lines, and how many of them were taken."""

    taken = 0

    def __getitem__(self, at: Any) -> Any:
        found = super().__getitem__(at)
        self.taken += len(found) if isinstance(at, slice) else 1
        return found


@pytest.mark.parametrize("line", ['"x\n', '"x', '"x;y\n', 'a;"b"c\n'])
def test_quotation_marks_that_are_never_closed_do_not_have_the_file_read_again_and_again(line: str) -> None:
    lines = Counted([line] * 20_000)
    assert (1, None) in list(records_of(lines, ";"))
    assert lines.taken <= 3 * len(lines)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        (f"sted;vej;postnummer;{'x;' * 200}\nHer;Vej 1;1050", SheetOfAnotherKind),
        ("", SheetEmpty),
        ("sted;vej;postnummer", SheetEmpty),
        ("sted;postnummer\nx;1050", ColumnsMissing),
        ("navn;alder\nx;1", SheetOfAnotherKind),
        ('{"resourceType": "Bundle"}', SheetOfAnotherKind),
        ("stednummer;pakke;niveau;fra\n1;x;y;z", SheetOfApprovals),
        ("stednummer;dato;klokken;minutter;form;pladser\n1;x;y;z;a;b", SheetOfSlots),
        ("sted;vej;postnummer\n" + "x;y;z\n" * 5001, SheetTooLong),
    ],
)
def test_what_is_no_such_list_is_one_sentence(text: str, error: type[GenvejError]) -> None:
    with pytest.raises(error) as raised:
        read_sheet(text.encode(), Kind.SITES)
    assert type(raised.value) is error


async def test_sites_are_new_or_changed_and_the_same_file_again_changes_nothing() -> None:
    provider = await a_provider("private")
    text = SITES + "Nord;Prøvevej 1;1050;00 00 00 01;ja\r\nSyd;Prøvevej 2;8000;;\r\n"
    assert await take_sites(text, provider, only_looking=True) == Outcome(2, 0, 0, [])
    assert await Site.filter(provider_id=provider.pk).count() == 0
    assert await take_sites(text.encode("windows-1252"), provider) == Outcome(2, 0, 0, [])
    assert await take_sites(text, provider) == Outcome(0, 0, 2, [])
    north = await Site.get(provider_id=provider.pk, name="Nord")
    await Site.filter(id=north.pk).update(door_width_cm=80, longitude=12.5801234, latitude=55.68)
    changed = f"nummer;sted;vej;postnummer;telefon\r\n{north.pk};Nord og Øst;Prøvevej 1;1050;00 00 00 02\r\n"
    assert await take_sites(changed, provider) == Outcome(0, 1, 0, [])
    after = await Site.get(id=north.pk)
    assert (after.name, after.phone, after.lift, after.door_width_cm) == ("Nord og Øst", "00 00 00 02", True, 80)
    assert after.longitude == 12.5801234
    await assert_invariants(NOW)


async def test_every_bad_line_is_named_and_nothing_is_written() -> None:
    provider, other = await a_provider("private"), await a_site("private")
    text = (
        "stednummer;sted;vej;postnummer;cvr;breddegrad;længdegrad;sprog;træningsformer;elevator\n"
        "x;A;V 1;1050;;;;;;\n"
        f"{other.pk};A;V 1;1050;;;;;;\n"
        ";God;V 1;1050;;;;;;\n"
        ";God;V 2;1050;;;;;;\n"
        ";;;0000;;;;;;\n"
        ";B;V;1050;99999999;;;;;\n"
        ";C;V;1050;;55,7;12,7;;;\n"
        ";D;V;1050;;;;dansk;;\n"
        ";E;V;1050;;;;;stående;\n"
        ";F;V;1050;;;;;;måske\n"
        ";G;V;1050;;;;;;;;for;mange\n"
        ';"H;V;1050\n'
    )
    outcome = await take_sites(text, provider)
    assert said(outcome) == [
        *((2, "place_not_found"), (3, "place_not_found"), (5, "line_twice")),
        *((6, "site_name_missing"), (6, "street_missing"), (6, "postal_code_unknown"), (7, "place_not_own")),
        *((8, "point_at_sea"), (9, "word_not_known"), (10, "word_not_known"), (11, "word_not_known")),
        *((12, "line_broken"), (13, "line_broken")),
    ]
    assert await Site.filter(provider_id=provider.pk).count() == 0
    assert said(await take_sites(SITES + "A;V;1050;;\n", None)) == [(2, "provider_not_found")]
    ours = f"cvr;sted;vej;postnummer\n{provider.cvr};A;V;1050\n"
    assert await take_sites(ours, None) == Outcome(1, 0, 0, [])


async def test_approvals_are_decisions_and_the_same_file_again_changes_nothing() -> None:
    site = await a_site("private", package_levels=())
    applied = await an_approval(site, 5, state=ApprovalState.APPLIED)
    await Agreement.filter(provider_id=site.provider_id).delete()
    lines = [f"{site.pk};01-kirurgisk;basal;1-1-2026;31-12-2026;", f"{site.pk};01 kirurgisk;avanceret;2026-02-01;;"]
    assert await take_approvals(*lines, only_looking=True) == Outcome(2, 0, 0, [])
    assert await take_approvals(*lines) == Outcome(2, 0, 0, [])
    assert await take_approvals(*lines) == Outcome(0, 0, 2, [])
    assert (await Approval.get(id=applied.pk)).state is ApprovalState.APPROVED
    assert (await Agreement.get(provider_id=site.provider_id)).valid_from == date(2026, 1, 1)
    # The first ends later and the second begins later: neither is in the other's way on the way there.
    longer = f"{site.pk};01-kirurgisk;basal;1-1-2026;30-6-2027;godkendt"
    follows = f"{site.pk};01-kirurgisk;basal;1-7-2027;;"
    assert await take_approvals(longer, follows) == Outcome(1, 1, 0, [])
    assert await SiteEvent.filter(site_id=site.pk, kind="approved", actor=str(APPROVER)).count() == 4
    await assert_invariants(NOW)


async def test_an_approval_that_cannot_be_is_named_by_its_line() -> None:
    site = await a_site("private")
    stopped = await an_approval(site, 5, valid_from=TODAY)
    await decide(stopped.pk, Decision.SUSPEND, reason="Prøve", actor=APPROVER, now=NOW)
    lines = [
        f"{site.pk};01-kirurgisk;basal;1-1-2026;;",
        f"{site.pk};01-kirurgisk;avanceret;{TODAY + DAYS};;",
        f"{site.pk};01-kirurgisk;ekspert;{TODAY};;",
        f"{site.pk};99-kirurgisk;basal;{TODAY};;",
        f"{site.pk};02-kirurgisk;basal;31-02-2026;;",
        f"{site.pk};02-kirurgisk;basal;{TODAY};{TODAY - DAYS};",
        f"{site.pk};02-kirurgisk;basal;{TODAY};;afvist",
        f"{site.pk};02-kirurgisk;basal;{TODAY};;måske",
        f"0;02-kirurgisk;basal;{TODAY};;",
        f"{site.pk};02-medicinsk;basal;{TODAY};;",
        f"{site.pk};02-medicinsk;basal;{TODAY};;",
    ]
    assert said(await take_approvals(*lines)) == [
        *((2, "approvals_overlap"), (3, "approval_ended"), (4, "package_not_read"), (5, "package_not_read")),
        *((6, "day_not_read"), (7, "period_backwards"), (8, "word_not_known"), (9, "word_not_known")),
        *((10, "place_not_found"), (11, "approvals_overlap"), (12, "line_twice")),
    ]
    assert await Approval.filter(site_id=site.pk, package_level_id=KNEE_BASIC).count() == 1
    resumed = f"{site.pk};01-kirurgisk;avanceret;{TODAY};;i bero"
    assert await take_approvals(resumed) == Outcome(0, 0, 1, [])
    await decide(stopped.pk, Decision.RESUME, reason="", actor=APPROVER, now=NOW)
    await decide(stopped.pk, Decision.APPROVE, reason="", actor=APPROVER, now=NOW, period=Period(TODAY, TODAY))
