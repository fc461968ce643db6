"""What can go wrong between an issuer and us, in words for the person who stands between the two.

No sentence says what was wrong with a token: that is for the log, by its kind.
"""

from providers.errors import GenvejError
from providers.words import N_


class IdentityRefused(GenvejError):
    """Nobody was let in by an issuer's word."""


class IssuerSilent(IdentityRefused):
    """It cannot be reached, or does not answer as an issuer does."""

    code = "issuer_silent"
    message = N_("Login-tjenesten svarer ikke lige nu. Prøv igen om lidt.")


class HandshakeGone(IdentityRefused):
    """The way back from an issuer that nobody here has sent anybody to, or a second time."""

    code = "handshake_gone"
    message = N_("Dette login er brugt, for gammelt eller begyndt i en anden browser. Begynd forfra.")


class GivenUp(IdentityRefused):
    """The person said no, or the issuer did."""

    code = "sign_in_given_up"
    message = N_("Log ind igen, når du vil.")


class AnswerRefused(IdentityRefused):
    """The issuer's answer does not hold: expired, for somebody else, signed by nobody we know, replayed."""

    code = "answer_refused"
    message = N_("Svaret fra login-tjenesten kunne ikke godkendes. Begynd forfra.")


class ClaimMissing(IdentityRefused):
    """The answer holds, but does not say what we must know. `details["claim"]` is the claim's name."""

    code = "claim_missing"
    message = N_("Login-tjenesten fortalte ikke, hvem du er. Ring til os, så finder vi ud af det.")


class OrganisationStrange(IdentityRefused):
    """The business that the person works for is none of ours."""

    code = "organisation_strange"
    message = N_("Den virksomhed, du loggede ind for, er ikke med i Genvej. Vælg den rette, når du logger ind.")


class TooFewFactors(IdentityRefused):
    """A citizen was let in by less than two factors."""

    code = "too_few_factors"
    message = N_("Log ind på den sikreste måde, for eksempel med appen og ikke kun med en adgangskode.")
