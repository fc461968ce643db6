"""A visitor without a browser: keeps cookies, fills in forms, and checks every page that it is given.

    page = await visitor.get("/")
    page = await visitor.submit(page, "/kode", kode=codes.code)

Every page, whatever it answers, must be valid HTML with one heading, a title that begins with it, names for all
fields, and links and forms that lead somewhere; a page that is not fails the test that asked for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import httpx
from lxml import html as lxml_html
from starlette.applications import Starlette
from starlette.routing import Match

_JUDGED: set[tuple[str, int]] = set()
_LEADING: set[tuple[str, str]] = set()
_NAMELESS = {"hidden", "submit"}
_REFERENCES = ("for", "aria-describedby", "aria-labelledby")


@dataclass
class Page:
    """What the visitor sees after all redirects."""

    response: httpx.Response
    tree: Element

    @property
    def path(self) -> str:
        return self.response.url.path

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def html(self) -> str:
        return self.response.text

    @property
    def heading(self) -> str:
        return text(self.one("h1"))

    @property
    def words(self) -> str:
        """Everything that is written on the page's main part."""
        return text(self.one("main"))

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The error summary: each sentence with the field that it leads to, or with nothing."""
        lines = [line for found in self.all("div", id="fejl") for line in found.iter("li")]
        return [(text(line), "".join((link.get("href") or "")[1:] for link in line.iter("a"))) for line in lines]

    def one(self, tag: str) -> Element:
        (found,) = self.tree.iter(tag)
        return found

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements that have all these attributes; a class is one among others."""
        return [element for element in self.tree.iter(tag) if all(_has(element, *pair) for pair in attributes.items())]

    def links(self) -> dict[str, str]:
        """Label → address of every link of the main part."""
        return {text(link): link.get("href") or "" for link in self.one("main").iter("a")}

    def form(self, action: str) -> Element:
        (found,) = self.all("form", action=action)
        return found

    def field(self, name: str) -> Element:
        """The one input with this name."""
        (found,) = [element for element in self.tree.iter("input") if element.get("name") == name]
        return found


class Visitor:
    """One person with one browser; `client` is at the app without a network between."""

    def __init__(self, app: Starlette, client: httpx.AsyncClient) -> None:
        self.app = app
        self.client = client
        self.seen: list[Page] = []

    async def get(self, path: str, **query: str) -> Page:
        """A page, with everything that leads to it."""
        return self._page(await self.client.get(path, params=query or None, follow_redirects=True))

    async def post(self, path: str, **fields: Any) -> Page:
        """Send a form that may not stand on any page."""
        own = {"Sec-Fetch-Site": "same-origin"}
        return self._page(await self.client.post(path, data=fields, headers=own, follow_redirects=True))

    async def submit(self, page: Page, action: str, **fields: str) -> Page:
        """Fill in and send a form of the page: its own values, and `fields` on top of them."""
        form, values = page.form(action), _filled_in(page, action, fields)
        if (form.get("method") or "get").lower() == "get":
            return await self.get(action, **values)
        return await self.post(action, **values)

    async def sent_on(self, page: Page, action: str, **fields: str) -> str:
        """Send a form of the page that leads to another site; the answer is the address there."""
        own = {"Sec-Fetch-Site": "same-origin"}
        answer = await self.client.post(action, data=_filled_in(page, action, fields), headers=own)
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]

    async def fragment(self, path: str, **query: str) -> httpx.Response:
        """What htmx is given for the same address."""
        return await self.client.get(path, params=query or None, headers={"HX-Request": "true"})

    def _page(self, response: httpx.Response) -> Page:
        assert response.headers["content-type"].startswith("text/html"), response.headers
        page = Page(response, self._tree(response))
        check(page, self.app)
        self.seen.append(page)
        return page

    def _tree(self, response: httpx.Response) -> Element:
        """Read fast when the fast reader has nothing to say, and such a page of this address was judged before."""
        kind = (response.url.path, response.status_code)
        parser = lxml_html.HTMLParser(remove_comments=True, encoding="utf-8")
        tree: Element = lxml_html.document_fromstring(response.content, parser=parser)
        if kind not in _JUDGED or parser.error_log:
            parse(response.text)
            _JUDGED.add(kind)
        return tree


def parse(html: str) -> Element:
    """The tree of a page; raises for anything that the HTML standard calls an error."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parse(html)
    return tree


def text(element: Element) -> str:
    """The words of an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def check(page: Page, app: Starlette) -> None:
    """Everything that must be true of every page."""
    (title,) = page.one("head").iter("title")  # A drawing has a title, too.
    # A name written from right to left stands isolated there.
    assert text(title).removeprefix("\u2068").startswith(page.heading), (text(title), page.heading)
    said = [text(lead) for lead in page.all("p", **{"class": "font-lead"})] if page.status >= 400 else []
    assert not [sentence for sentence in said if page.heading in sentence], "an error says its heading once"
    assert page.one("html").get("lang") in {"da", "en"}
    assert page.all("a", href="#indhold"), "no skip link"
    ids = [found for element in page.tree.iter() if (found := element.get("id"))]
    assert len(ids) == len(set(ids)), sorted(found for found in ids if ids.count(found) > 1)
    assert not (missing := set(_referred(page.tree)) - set(ids)), missing
    labels = {label.get("for") for label in page.tree.iter("label")}
    assert not (nameless := [field for field in _fields(page.tree) if not _named(field, labels)]), nameless
    assert all(image.get("alt") is not None for image in page.tree.iter("img"))
    assert not [element for element in page.tree.iter() if _is_inline(element)]
    assert not (dead := [address for address in _leading(page) if not _leads(app, *address)]), dead


def _filled_in(page: Page, action: str, fields: Mapping[str, str]) -> dict[str, str]:
    form = page.form(action)
    unknown = fields.keys() - {element.get("name") for element in form.iter() if element.get("name")}
    assert not unknown, f"the form {action} has no {unknown}"
    return {**_values(form), **fields}


def _values(form: Element) -> dict[str, str]:
    """What the form would send as it stands."""
    values: dict[str, str] = {}
    for element in form.iter("input"):
        chosen = element.get("type") not in {"checkbox", "radio"} or element.get("checked") is not None
        if chosen and element.get("name"):
            values[element.get("name") or ""] = element.get("value") or ""
    for select in form.iter("select"):
        options = [option for option in select.iter("option") if option.get("selected") is not None]
        first = options[0] if options else next(select.iter("option"))
        values[select.get("name") or ""] = first.get("value") or ""
    return values


def _fields(tree: Element) -> Iterator[dict[str, str]]:
    for tag in ("input", "select", "textarea"):
        for element in tree.iter(tag):
            if element.get("type") not in _NAMELESS:
                yield element.attrib


def _named(attributes: dict[str, str], labels: set[str | None]) -> bool:
    typed = attributes.get("type") in {"text", "tel", "email"}
    return attributes.get("id") in labels and (not typed or "autocomplete" in attributes)


def _referred(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        for name in _REFERENCES:
            yield from (element.get(name) or "").split()


def _is_inline(element: Element) -> bool:
    scripted = element.tag == "script" and not element.get("src")
    return (
        scripted or element.tag == "style" or any(name == "style" or name.startswith("on") for name in element.attrib)
    )


def _leading(page: Page) -> Iterator[tuple[str, str]]:
    """Method and address of every link, form and fragment that stays on this site."""
    ids = {element.get("id") for element in page.tree.iter()}
    for element in page.tree.iter():
        for name, method in (
            ("href", "GET"),
            ("data-hx-get", "GET"),
            ("action", (element.get("method") or "get").upper()),
            ("formaction", "POST"),
        ):
            address = element.get(name) or ""
            if address.startswith("/"):
                yield method, address
            elif address.startswith("#"):
                assert address[1:] in ids, address


def _leads(app: Starlette, method: str, address: str) -> bool:
    way = (method, urlsplit(address).path)
    if way not in _LEADING:
        scope = {"type": "http", "method": method, "path": way[1], "root_path": "", "headers": []}
        if any(route.matches(scope)[0] is Match.FULL for route in app.routes):
            _LEADING.add(way)
    return way in _LEADING


def _has(element: Element, name: str, value: str) -> bool:
    name = name.rstrip("_")
    return value in (element.get(name) or "").split() if name == "class" else element.get(name) == value


def with_query(address: str, **more: str) -> str:
    """An address with some of its question changed."""
    parts = urlsplit(address)
    return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | more)).geturl()
