"""From an issuer's claims to what they mean here. Their names are the issuer's settings. No I/O."""

import re

from portal.identity.errors import ClaimMissing
from portal.identity.tokens import Claims
from portal.settings_issuers import IssuerSettings
from providers.accounts import StaffIdentity
from providers.identifiers import is_cpr, is_cvr

_MANY_FACTORS = "mfa"
"""In `amr`: more than one factor was shown (RFC 8176)."""


def employee_of(claims: Claims, issuer: IssuerSettings) -> StaffIdentity:
    """Who works for whom; raises ClaimMissing when the person or the business cannot be made out."""
    subject, cvr = _text(claims, issuer.person_claim), _text(claims, issuer.cvr_claim)
    if not 1 <= len(subject) <= 255 or not subject.isprintable():
        raise ClaimMissing(claim=issuer.person_claim)
    if not is_cvr(cvr):
        raise ClaimMissing(claim=issuer.cvr_claim)
    unit = _text(claims, issuer.p_number_claim)
    return StaffIdentity(
        issuer=issuer.url,
        subject=subject,
        name=_text(claims, issuer.name_claim),
        cvr=cvr,
        p_number=unit if re.fullmatch("[0-9]{10}", unit) else None,
    )


def cpr_of(claims: Claims, issuer: IssuerSettings) -> str:
    """The citizen's CPR number, ten digits; raises ClaimMissing."""
    cpr = re.sub("[ -]", "", _text(claims, issuer.cpr_claim))
    if not is_cpr(cpr):
        raise ClaimMissing(claim=issuer.cpr_claim)
    return cpr


def had_two_factors(claims: Claims, issuer: IssuerSettings) -> bool:
    """Whether more than a password was asked for: the issuer always does, or says that it did."""
    methods = claims.get("amr")
    return (
        issuer.two_factors
        or claims.get("acr") in issuer.acr_values.split()
        or (isinstance(methods, list) and _MANY_FACTORS in methods)
    )


def _text(claims: Claims, name: str) -> str:
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""
