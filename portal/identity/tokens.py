"""Whether an id token may be believed (OpenID Connect Core 1.0, section 3.1.3.7). No I/O."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError, JoseError
from joserfc.jwk import KeySet
from joserfc.jws import JWSRegistry

from portal.identity.errors import AnswerRefused
from portal.settings_issuers import IssuerSettings

Claims = Mapping[str, Any]

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384")
"""Signatures that only the issuer can make: none of those that whoever knows our secret, or nothing, can make too."""

SKEW_SECONDS = 90
"""So far the issuer's clock may be off ours, either way."""

# What a header says beside the algorithm and the key is of no interest, and is therefore no fault.
_SIGNED = JWSRegistry(algorithms=list(ALGORITHMS), strict_check_header=False)


class KeyUnknown(AnswerRefused):
    """Signed with a key that the issuer has not published, or not yet."""


def read_claims(
    tokens: Mapping[str, Any], keys: KeySet, issuer: IssuerSettings, *, nonce: str, now: datetime
) -> Claims:
    """What the `id_token` among the issuer's tokens claims. Raises AnswerRefused; KeyUnknown if newer keys may help.

    The cause says which rule was broken, in the library's words.
    """
    options = {
        "iss": {"essential": True, "value": issuer.url},
        "aud": {"essential": True, "value": issuer.client_id},
        "nonce": {"essential": True, "value": nonce},
    }
    params = {"nonce": nonce, "client_id": issuer.client_id, "access_token": tokens.get("access_token")}
    try:
        token = jwt.decode(tokens["id_token"], keys, registry=_SIGNED)
        claims = CodeIDToken(token.claims, token.header, options, params)
        claims.validate(now=int(now.timestamp()), leeway=SKEW_SECONDS)
        _check_age(token.claims, issuer.max_age_minutes * 60, now)
    except InvalidKeyIdError as error:
        raise KeyUnknown from error
    except (JoseError, KeyError, ValueError, TypeError) as error:
        raise AnswerRefused from error
    return token.claims


def _check_age(claims: Claims, seconds: int, now: datetime) -> None:
    """An issuer that was asked how long ago people may have shown who they are must say when they did; ValueError."""
    shown = claims.get("auth_time")
    if seconds and (type(shown) is not int or now.timestamp() - shown > seconds + SKEW_SECONDS):
        raise ValueError("they showed who they are too long ago, or the issuer does not say when")
