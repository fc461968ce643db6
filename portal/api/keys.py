"""Which organisation a program comes from: its key, in the `Authorization` header."""

from typing import ClassVar, cast

from starlette.requests import Request

from portal.api.reading import read_header
from portal.request_facts import now_of, settings_of
from providers.api_keys import Holder, KeyScopeMissing, holder_of
from providers.errors import GenvejError
from providers.models import ApiScope
from providers.words import N_


class KeyNeeded(GenvejError):
    code: ClassVar[str] = "key_needed"
    message: ClassVar[str] = N_("Send din organisations nøgle: Authorization: Bearer og nøglen.")


async def admit_key(request: Request, scope: ApiScope) -> None:
    """Let a program in whose key opens the scope; raises KeyNeeded, KeyRefused or KeyScopeMissing."""
    scheme, _, text = (read_header(request, "Authorization") or "").partition(" ")
    if scheme.lower() != "bearer" or not text.strip():
        raise KeyNeeded
    holder = await holder_of(text.strip(), now=now_of(request), vault=settings_of(request).vault())
    if scope not in holder.scopes:
        raise KeyScopeMissing
    request.state.holder = holder


def holder_at(request: Request) -> Holder:
    """Who was let in."""
    return cast(Holder, request.state.holder)


def municipality_at(request: Request) -> str:
    """The municipality whose program was let in; its scopes are no provider's."""
    return cast(str, holder_at(request).municipality)
