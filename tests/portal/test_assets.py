"""The files of the pages: their addresses, what may be kept of them, and what the first page weighs."""

import gzip
import re

import httpx
import pytest
from starlette.applications import Starlette

from portal.assets import asset_url
from tests.support.apps import client_of

BUDGET = 100_000
"""Bytes over the wire of the first page with everything it fetches."""
ADDRESS = re.compile(r"/static/[0-9a-f]{12}/[\w.-]+")


@pytest.fixture
async def client(portal_app: Starlette) -> httpx.AsyncClient:
    return client_of(portal_app)


async def test_the_first_page_is_light(client: httpx.AsyncClient) -> None:
    page = await client.get("/")
    sheet = (await client.get(asset_url("genvej.css"))).text
    addresses = {*ADDRESS.findall(page.text), *ADDRESS.findall(sheet)}
    assert len(addresses) > 10
    weights = {"/": len(gzip.compress(page.content))}
    for address in addresses:
        answer = await client.get(address)
        packed = answer.content if address.endswith(".woff2") else gzip.compress(answer.content)
        weights[address] = len(packed)
    assert sum(weights.values()) < BUDGET, weights


async def test_files_are_kept_for_good_under_their_digest_only(client: httpx.AsyncClient) -> None:
    fresh = await client.get(asset_url("genvej.js"))
    stale = await client.get("/static/000000000000/genvej.js")
    assert fresh.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (stale.status_code, stale.headers["Cache-Control"]) == (200, "no-cache")
    assert fresh.content == stale.content


async def test_everything_that_a_style_sheet_names_is_there(client: httpx.AsyncClient) -> None:
    for name in ("genvej.css", "dkfds.css"):
        sheet = (await client.get(asset_url(name))).text
        for address in set(ADDRESS.findall(sheet)):
            assert (await client.get(address)).status_code == 200, address
    assert "@font-face" not in (await client.get(asset_url("dkfds.css"))).text


async def test_nothing_else_is_served(client: httpx.AsyncClient) -> None:
    for name in ("package.json", "..%2f..%2fpyproject.toml", "%2e%2e", "check.svg%00", "LICENSE.md"):
        assert (await client.get(f"/static/000000000000/{name}")).status_code == 404, name


async def test_files_are_packed_as_small_as_they_get_for_browsers_that_can_unpack_them(
    client: httpx.AsyncClient,
) -> None:
    address = asset_url("dkfds.css")
    packed = await client.get(address, headers={"Accept-Encoding": "br, gzip"})
    plain = await client.get(address, headers={"Accept-Encoding": "identity"})
    assert packed.content == plain.content
    assert (packed.headers["Content-Encoding"], packed.headers["Vary"]) == ("gzip", "Accept-Encoding")
    assert int(packed.headers["Content-Length"]) == len(gzip.compress(plain.content, 9))
    assert "Content-Encoding" not in plain.headers
    font = await client.get(asset_url("plex-regular.woff2"), headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in font.headers
