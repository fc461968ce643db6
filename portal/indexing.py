"""Search engines: which pages they may list, and the two files that they read. Nothing of a person is among them."""

from xml.sax.saxutils import escape  # nosec B406

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from portal.access import Audience, page
from portal.request_facts import settings_of

PAGES = (
    "/",
    "/soeg",
    "/saadan",
    "/rigtige-sted",
    "/niveau",
    "/transport",
    "/standard",
    "/tal",
    "/was",
    "/privatliv",
    "/cookies",
)
_OF_MUNICIPALITIES = "/standard/"


def canonical(path: str, public_url: str) -> str:
    """The address under which a page is listed, without its question; empty for a page that is not."""
    listed = path in PAGES or path.startswith(_OF_MUNICIPALITIES)
    return f"{public_url.rstrip('/')}{path}" if listed else ""


async def robots(request: Request) -> Response:
    """A demo is listed nowhere: everything in it is invented."""
    settings = settings_of(request)
    if settings.demo:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")
    sitemap_at = f"{settings.public_url.rstrip('/')}/sitemap.xml"
    return PlainTextResponse(f"User-agent: *\nDisallow: /api/\nDisallow: /fhir/\n\nSitemap: {sitemap_at}\n")


async def sitemap(request: Request) -> Response:
    """Every page that may be listed (sitemaps.org)."""
    known = request.app.state.catalogue.municipalities.values()
    standards = [f"{_OF_MUNICIPALITIES}{entry.code}" for entry in known if entry.is_municipality]
    public_url = settings_of(request).public_url
    places = "".join(
        f"  <url><loc>{escape(canonical(path, public_url))}</loc></url>\n" for path in (*PAGES, *standards)
    )
    document = (
        '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        f"{places}</urlset>\n"
    )
    return Response(document, media_type="application/xml")


ROUTES = [
    page("/robots.txt", robots, audience=Audience.PUBLIC, name="robots"),
    page("/sitemap.xml", sitemap, audience=Audience.PUBLIC, name="sitemap"),
]
