"""GET packages and GET postal-codes, from memory."""

import httpx
import pytest

from tests.support.counting import statements


async def test_packages_are_all_there_and_say_which_are_placeholders(api: httpx.AsyncClient) -> None:
    async with statements() as sent:
        response = await api.get("/api/v1/packages")
    items = response.json()["items"]
    assert sent == []
    assert response.headers["Cache-Control"] == "public, max-age=3600"
    assert items[0] == {
        "code": "01-kirurgisk",
        "area": "01",
        "track": "kirurgisk",
        "name": "01 Underekstremitet, kirurgisk",
        "levels": ["basic", "advanced"],
        "source": "real",
    }
    assert len(items) == 28
    assert [item["code"] for item in items if item["source"] == "real"] == [
        f"{area}-{track}" for area in ("01", "02", "06", "11") for track in ("kirurgisk", "medicinsk")
    ]


async def test_a_postal_code_is_found_by_its_beginning_or_its_name(api: httpx.AsyncClient) -> None:
    async def found(text: str, **more: int) -> list[str]:
        async with statements() as sent:
            response = await api.get("/api/v1/postal-codes", params={"q": text, **more})
        assert (sent, response.status_code) == ([], 200)
        return [item["code"] for item in response.json()["items"]]

    assert await found("9600") == ["9600"]
    assert await found("aalborg øst") == ["9220"]
    assert await found("  ÅLBORG  ØST ") == ["9220"]
    assert len(await found("1")) == 10
    assert len(await found("1", limit=100)) == 100
    assert await found("1", limit=1) == (await found("1"))[:1]
    assert await found("zzz") == []


async def test_a_postal_code_has_a_point_and_a_municipality(api: httpx.AsyncClient) -> None:
    response = await api.get("/api/v1/postal-codes", params={"q": "3700"})
    [item] = response.json()["items"]
    assert (item["name"], item["municipality_code"]) == ("Rønne", "0400")
    assert 55.0 < item["latitude"] < 55.3
    assert 14.6 < item["longitude"] < 14.9


@pytest.mark.parametrize("path", ["packages", "postal-codes?q=aa", "openapi.json"])
async def test_what_was_kept_is_not_sent_again_until_it_changes(api: httpx.AsyncClient, path: str) -> None:
    address = f"/api/v1/{path}"
    first = await api.get(address)
    tag = first.headers["ETag"]
    for given in (tag, tag.removeprefix("W/"), f'"other", {tag}', "*"):
        again = await api.get(address, headers={"If-None-Match": given})
        assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
        assert again.headers["Cache-Control"] == "public, max-age=3600"
    for given in ('"other"', "", tag[2:-1], '"', "💥"):
        again = await api.get(address, headers=[(b"If-None-Match", given.encode())])
        assert (again.status_code, again.content) == (200, first.content)
    assert (await api.get("/api/v1/postal-codes?q=b")).headers["ETag"] != tag
