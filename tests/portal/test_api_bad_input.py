"""Whatever a program sends, it is told in one clear sentence what was wrong, and nothing has happened."""

from typing import Any
from urllib.parse import quote

import httpx
import orjson
import pytest

from matching.codes import issue_access_code, issue_code
from portal.access import LARGEST_BODY
from tests.support.counting import statements
from tests.support.refusals import unchanged
from tests.support.worlds import PACKAGE

MATCHES = "/api/v1/matches"
ANYBODY = {"package": PACKAGE, "level": "basic", "postal_code": "1050"}
CODED = {
    "Authorization": f"Genvej {issue_code()}",
    "Genvej-Access-Code": issue_access_code(),
    "Genvej-Date-Of-Birth": "1951-03-14",
    "Idempotency-Key": "k",
}
RADIUS = "radius_km er et tal fra 1 til 1000. Udelad den for at søge i hele landet."
LIMIT = "limit er et helt tal fra 1 til 100."
POSTAL = "postal_code er et dansk postnummer med fire cifre."
PACKAGE_SAYS = "package er en pakkes kode, for eksempel 01-kirurgisk. Koderne står i /api/v1/packages."
MODES = "modes er individual, group, home eller digital, med komma imellem."
FACTS = "facts er step_free, lift, accessible_toilet eller parking, med komma imellem."
LANGUAGE = "language er et sprogs kode med to bogstaver, for eksempel en."
PARTS = "parts_of_day er morning, afternoon eller evening, med komma imellem."
HUGE = "9" * 2000

WRONG: list[tuple[str, str, str]] = [
    *(("radius_km", text, RADIUS) for text in ("0", "0.99", "1000.1", "-5", "ti", "", "nan", "inf", "1e400", HUGE)),
    *(("radius_km", text, RADIUS) for text in ("1_0", " 10 ", "٣", "0x10", "10km", "\x00", "💥", "null", "[1]")),
    *(("limit", text, LIMIT) for text in ("0", "101", "-1", "1.5", "ti", "", "nan", HUGE, "1_0", "\x00", "true")),
    *(("postal_code", text, POSTAL) for text in ("105", "10500", "", "abcd", "١٠٥٠", "1050 ", "\x00", "💥", HUGE)),
    ("postal_code", "9999", "Postnummeret findes ikke."),
    *(("package", text, PACKAGE_SAYS) for text in ("", "1", "01 kirurgisk", "01-KIRURGISK", "'; --", "\x00", "💥")),
    ("package", "99-kirurgisk", "Pakken findes ikke. Koderne står i /api/v1/packages."),
    *(("level", text, "level er basic eller advanced.") for text in ("", "basal", "BASIC", "\x00", "💥", HUGE)),
    *(("sort", text, "sort er distance eller first_free.") for text in ("", "name", "\x00")),
    *(("kind", text, "kind er municipal eller private.") for text in ("", "kommunal", "\x00")),
    *(("modes", text, MODES) for text in ("", "digital,", "digital,digital", "digital individual", "[]", "\x00", HUGE)),
    *(("facts", text, FACTS) for text in ("", "lift,elevator", "LIFT", "💥")),
    *(("language", text, LANGUAGE) for text in ("", "dansk", "EN", "\x00", "e\u0301")),
    *(("parts_of_day", text, PARTS) for text in ("", "night", "morning;evening")),
    *(("within_guarantee", text, "within_guarantee er true eller false.") for text in ("", "1", "True", "yes")),
    ("within_guarantee", "true", "within_guarantee kræver en forløbskode, for uden en plan er der ingen frist."),
    *(("private", text, "private kan kun være later.") for text in ("", "true", "1")),
    ("cursor", "x" * 401, "cursor er next_cursor fra det forrige svar."),
]


def faults(response: httpx.Response) -> list[tuple[str, str]]:
    problem = response.json()
    assert (response.status_code, problem["code"]) == (400, "request_invalid"), response.text
    assert problem["detail"] == problem["errors"][0]["detail"]
    return [(fault["field"], fault["detail"]) for fault in problem["errors"]]


@pytest.fixture
def api(module_api: httpx.AsyncClient) -> httpx.AsyncClient:
    """One portal for the whole module: nothing that is sent here changes anything."""
    return module_api


async def test_each_wrong_parameter_is_named_with_how_it_must_be(api: httpx.AsyncClient) -> None:
    async with statements() as sent:
        for field, text, sentence in WRONG:
            assert faults(await api.get(MATCHES, params=ANYBODY | {field: text})) == [(field, sentence)], (field, text)
    assert sent == [], "nothing was asked of the database"


@pytest.mark.parametrize(
    ("lat", "lon", "wrong"),
    [("nan", "12", "lat"), ("91", "12", "lat"), ("55", "-181", "lon"), ("55", "x", "lon"), ("55", "1e999", "lon")],
)
async def test_a_point_is_two_numbers(api: httpx.AsyncClient, lat: str, lon: str, wrong: str) -> None:
    question = {"package": PACKAGE, "level": "basic", "lat": lat, "lon": lon}
    assert [field for field, _ in faults(await api.get(MATCHES, params=question))] == [wrong]


@pytest.mark.parametrize(("lat", "lon"), [(0, 0), (90, 180), (-90, -180), (59.9, 10.7), (52.5, 13.4), (55.7, 7.0)])
async def test_a_point_outside_denmark_is_refused_as_such(api: httpx.AsyncClient, lat: float, lon: float) -> None:
    response = await api.get(MATCHES, params={"package": PACKAGE, "level": "basic", "lat": lat, "lon": lon})
    assert (response.status_code, response.json()["code"]) == (400, "outside_denmark")


async def test_half_a_place_and_two_places_are_refused(api: httpx.AsyncClient) -> None:
    base = {"package": PACKAGE, "level": "basic"}
    assert faults(await api.get(MATCHES, params=base | {"lat": 55.6})) == [("lon", "lon mangler.")]
    assert faults(await api.get(MATCHES, params=base | {"lon": 12.5})) == [("lat", "lat mangler.")]
    for more in ({"lat": 55.6, "lon": 12.5}, {"lat": 55.6}):
        sentence = "Skriv enten postal_code eller både lat og lon."
        assert faults(await api.get(MATCHES, params=ANYBODY | more)) == [("postal_code", sentence)]


async def test_what_is_missing_is_said_all_at_once(api: httpx.AsyncClient) -> None:
    missing = [(name, f"{name} mangler.") for name in ("package", "level", "postal_code")]
    assert faults(await api.get(MATCHES)) == missing
    assert faults(await api.get(MATCHES, params={"level": "basic"})) == [missing[0], missing[2]]


async def test_a_parameter_that_stands_twice_or_does_not_exist_is_refused(api: httpx.AsyncClient) -> None:
    twice = await api.get(MATCHES, params=[*ANYBODY.items(), ("level", "basic"), ("radius_km", "5"), ("level", "x")])
    assert faults(twice) == [("level", "level står flere gange. Skriv den én gang.")]
    assert faults(await api.get(MATCHES, params=ANYBODY | {"radius": "5"})) == [("radius", "radius findes ikke her.")]
    long = await api.get(MATCHES, params=ANYBODY | {"💥" * 200: "1"})
    assert faults(long) == [("💥" * 80, "💥" * 80 + " findes ikke her.")]


@pytest.mark.parametrize("text", ["", "x", "W10", "💥", "\x00", "a.b.c", "x" * 400])
async def test_a_cursor_that_is_not_ours_is_refused(api: httpx.AsyncClient, text: str) -> None:
    response = await api.get(MATCHES, params=ANYBODY | {"cursor": text})
    assert (response.status_code, response.json()["code"]) == (400, "cursor_invalid")


@pytest.mark.parametrize("code", ["", " ", "x", "💥", "\x00", "ABCD-EFGH-JKMN-00", "0" * 5000, "é"])
async def test_a_code_that_cannot_be_one_costs_nothing(api: httpx.AsyncClient, code: str) -> None:
    header = [(b"Authorization", b"Genvej " + code.encode())]
    async with unchanged():
        response = await api.get(MATCHES, headers=header)
    assert (response.status_code, response.json()["code"]) == (400, "code_mistyped")


async def test_a_header_that_stands_twice_is_refused(api: httpx.AsyncClient) -> None:
    twice = [("Authorization", CODED["Authorization"])] * 2
    assert faults(await api.get(MATCHES, headers=twice)) == [
        ("Authorization", "Authorization står flere gange. Skriv den én gang.")
    ]


async def post(api: httpx.AsyncClient, content: bytes, **headers: str) -> httpx.Response:
    async with unchanged():
        return await api.post(
            "/api/v1/bookings", content=content, headers=CODED | {"Content-Type": "application/json"} | headers
        )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"slot_id=1",
        b"\xff\xfe",
        b"[1]",
        b"1",
        b"null",
        b'"x"',
        b'{"slot_id": NaN}',
        b'{"slot_id": Infinity}',
        b'{"slot_id": "\\ud800"}',
        b"[" * 60_000,
        b'{"slot_id": 1}}',
    ],
    ids=lambda content: content[:16].decode("latin-1"),
)
async def test_a_body_that_is_no_json_object_is_refused(api: httpx.AsyncClient, content: bytes) -> None:
    response = await post(api, content)
    assert (response.status_code, response.json()["code"]) == (400, "body_not_json")


@pytest.mark.parametrize("slot", [0, -1, 1.5, "1", True, None, [], {}, 2**63, 10**30, "\x00", "💥"])
async def test_a_slot_that_is_no_slot_number_is_named(api: httpx.AsyncClient, slot: Any) -> None:
    response = await post(api, orjson.dumps({"slot_id": slot}) if slot != 10**30 else b'{"slot_id": 1%030d}' % 0)
    assert faults(response) == [("slot_id", "slot_id er et tal, som /api/v1/matches har givet.")]


async def test_the_fields_of_a_body_are_checked_like_parameters(api: httpx.AsyncClient) -> None:
    assert faults(await post(api, b"{}")) == [("slot_id", "slot_id mangler.")]
    assert faults(await post(api, b'{"slot_id": 1, "slot": 2}')) == [("slot", "slot findes ikke her.")]
    accepts = await post(api, b'{"slot_id": 1, "accepts_guarantee_loss": "yes"}')
    assert faults(accepts) == [("accepts_guarantee_loss", "accepts_guarantee_loss er true eller false.")]
    queried = await api.post("/api/v1/bookings?slot_id=1", json={"slot_id": 1}, headers=CODED)
    assert faults(queried) == [("slot_id", "slot_id findes ikke her.")]


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/jsonp", "json"])
async def test_another_content_type_is_refused(api: httpx.AsyncClient, kind: str) -> None:
    response = await post(api, b'{"slot_id": 1}', **{"Content-Type": kind})
    assert (response.status_code, response.json()["code"]) == (415, "content_type_wrong")


async def test_json_may_say_its_charset(api: httpx.AsyncClient) -> None:
    response = await post(api, b"{}", **{"Content-Type": "Application/JSON; charset=utf-8"})
    assert response.json()["code"] == "request_invalid"


async def test_a_megabyte_of_json_is_refused_whether_its_length_is_told_or_not(api: httpx.AsyncClient) -> None:
    body = b'{"slot_id": "' + b"x" * 2**20 + b'"}'

    async def in_pieces() -> Any:
        for at in range(0, len(body), 10_000):
            yield body[at : at + 10_000]

    headers = CODED | {"Content-Type": "application/json"}
    for content in (body, in_pieces()):
        response = await api.post("/api/v1/bookings", content=content, headers=headers)
        assert (response.status_code, response.json()["code"]) == (413, "http_413")
        assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("length", ["-1", "x", "9" * 30, "0x10", "٣"])
async def test_a_length_that_is_no_sensible_number_is_too_large(api: httpx.AsyncClient, length: str) -> None:
    headers = [(b"Content-Length", length.encode()), *((name.encode(), text.encode()) for name, text in CODED.items())]
    assert (await api.post("/api/v1/bookings", content=b"", headers=headers)).status_code == 413


async def test_the_largest_body_is_read(api: httpx.AsyncClient) -> None:
    body = b'{"slot_id": "%s"}'
    filled = body % (b"x" * (LARGEST_BODY - len(body) + 2))
    assert len(filled) == LARGEST_BODY
    assert faults(await post(api, filled))[0][0] == "slot_id"


@pytest.mark.parametrize(
    "path", ["/api/v1/nope", "/api/v1", "/api/v1/", "/api/v2/matches", "/api/v1/matches/", "/api/v1/MATCHES", "/api/"]
)
async def test_an_unknown_address_is_told_where_the_known_ones_are(api: httpx.AsyncClient, path: str) -> None:
    response = await api.get(path)
    assert (response.status_code, response.json()["code"]) == (404, "http_404")
    assert "/api/v1/openapi.json" in response.json()["title"]


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("POST", "/api/v1/matches", {"GET", "HEAD"}),
        ("GET", "/api/v1/bookings", {"POST"}),
        ("PUT", "/api/v1/bookings/1", {"GET", "HEAD", "DELETE"}),
        ("GET", "/api/v1/bookings/1/move", {"POST"}),
        ("OPTIONS", "/api/v1/packages", {"GET", "HEAD"}),
        ("DELETE", "/api/v1/openapi.json", {"GET", "HEAD"}),
        ("QUERY", "/api/v1/matches", {"GET", "HEAD"}),
    ],
)
async def test_a_wrong_method_is_told_the_right_ones(
    api: httpx.AsyncClient, method: str, path: str, allowed: set[str]
) -> None:
    response = await api.request(method, path)
    assert (response.status_code, response.json()["code"]) == (405, "http_405")
    assert set(response.headers["Allow"].split(", ")) == allowed


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        (None, "da"),
        ("", "da"),
        ("da", "da"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("da;q=0.3, en;q=0.7", "en"),
        ("en;q=0, da;q=0.1", "da"),
        ("fr, de;q=0.5", "da"),
        ("*", "da"),
        ("💥,\x00;q=x", "da"),
        ("en;q=9", "da"),
        ("," * 3000, "da"),
    ],
)
async def test_a_problem_speaks_the_language_asked_for(
    api: httpx.AsyncClient, accepted: str | None, language: str
) -> None:
    headers = {} if accepted is None else {b"Accept-Language": accepted.encode()}
    response = await api.get("/api/v1/nope", headers=headers)
    assert response.headers["Content-Language"] == language
    assert "Accept-Language" in response.headers["Vary"]
    assert response.json()["title"].startswith(
        "Adressen findes ikke" if language == "da" else "The API has no such address"
    )


async def test_text_for_postal_codes_is_short_and_printable(api: httpx.AsyncClient) -> None:
    sentence = "q er begyndelsen af et postnummer eller et bynavn, højst 80 tegn."
    for text in ("", "x" * 81, "\x00", "a\x00b", "\x7f", "\n"):
        assert faults(await api.get("/api/v1/postal-codes", params={"q": text})) == [("q", sentence)]
    assert faults(await api.get("/api/v1/postal-codes")) == [("q", "q mangler.")]
    for text in ("💥", "%", "'; DROP TABLE site; --", "\\", "￿", quote("ø")):
        response = await api.get("/api/v1/postal-codes", params={"q": text})
        assert (response.status_code, response.json()) == (200, {"items": []})
