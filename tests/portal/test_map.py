"""The map beside the list: its coast, what it is given for each place, and that nobody else is asked for anything."""

import gzip
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import orjson
import pytest
from starlette.applications import Starlette

from portal.assets import asset_url
from portal.settings_map import MapSettings
from tests.support.apps import Clock, client_of, running_app
from tests.support.pages import Visitor
from tests.support.worlds import AMAGER, NOW, a_site

TILES = "https://tiles.example/{z}/{x}/{y}.png"


def corners(country: dict[str, Any]) -> Iterator[tuple[float, float]]:
    return (tuple(point) for polygon in country["geometry"]["coordinates"] for ring in polygon for point in ring)


async def test_the_coast_is_denmark_and_its_neighbours_and_light(visitor: Visitor) -> None:
    answer = await visitor.client.get(asset_url("coast.json"))
    countries = orjson.loads(answer.content)["features"]
    (home,) = [country for country in countries if country["properties"]["home"]]
    longitudes, latitudes = zip(*corners(home), strict=True)
    # Blåvandshuk, Gedser, Bornholm and Skagen.
    edges = [min(longitudes), min(latitudes), max(longitudes), max(latitudes)]
    assert edges == pytest.approx([8.08, 54.56, 15.15, 57.75], abs=0.06)
    for country in countries:
        assert all(6 <= east <= 17 and 53.5 <= north <= 58.8 for east, north in corners(country))
    assert len(countries) == 5
    assert len(gzip.compress(answer.content)) < 30_000


async def test_the_list_says_where_its_places_are_and_nobody_else_is_asked(visitor: Visitor) -> None:
    await a_site(at=AMAGER, slots=[NOW + timedelta(days=2)])
    page = await visitor.get("/soeg", pakke="01-kirurgisk", niveau="basal", sted="2300")
    (card,) = page.all("li", **{"class": "card-item"})
    assert (card.get("data-longitude"), card.get("data-latitude")) == ("12.6", "55.65")
    (box,) = page.all("div", id="kort")
    assert (box.get("data-tiles"), box.get("data-coast")) == ("", asset_url("coast.json"))
    assert page.all("script", src=asset_url("leaflet.js"))
    front = await visitor.get("/")
    assert not front.all("script", src=asset_url("leaflet.js"))
    fragment = await visitor.fragment("/soeg", pakke="01-kirurgisk", niveau="basal", sted="2300")
    assert 'id="kort"' not in fragment.text


async def test_tiles_come_from_where_the_settings_say_and_from_nowhere_else(database_url: str, clock: Clock) -> None:
    settings = {"map_tiles": TILES, "map_credit": "Kort: Prøve"}
    async with running_app(database_url, clock, **settings) as app, client_of(app) as client:
        answer = await client.get("/soeg")
    assert "img-src 'self' https://tiles.example data:;" in answer.headers["Content-Security-Policy"]
    assert f'data-tiles="{TILES}"' in answer.text
    assert "Kort: Prøve" in answer.text
    assert MapSettings().images_from == ()


async def test_postal_codes_are_there_to_suggest_and_to_compare_with(portal_app: Starlette) -> None:
    async with client_of(portal_app) as client:
        answer = await client.get("/postnumre.json")
    places = {code: (name, longitude, latitude) for code, name, longitude, latitude in answer.json()}
    assert len(places) == len(portal_app.state.catalogue.postal_codes)
    name, longitude, latitude = places["8000"]
    assert (name, round(longitude), round(latitude)) == ("Aarhus C", 10, 56)
    assert answer.headers["Cache-Control"] == "public, max-age=86400"
