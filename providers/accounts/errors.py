"""What can be refused around an account, in words that give nothing away to somebody who guesses."""

from providers.errors import Busy, GenvejError
from providers.words import N_


class SignInRefused(GenvejError):
    """Nobody was let in."""


class CredentialsWrong(SignInRefused):
    """Unknown address, wrong password, no password, account closed: one error for all of them."""

    code = "credentials_wrong"
    message = N_("E-mailadressen og adgangskoden passer ikke sammen. Prøv igen.")


class SecondFactorWrong(SignInRefused):
    """A wrong code, a code used before, an account that has none or is closed."""

    code = "second_factor_wrong"
    message = N_("Koden er forkert eller brugt. Vent på den næste, og prøv igen.")


class FactorCodeMissing(GenvejError):
    """Nothing was typed, which costs no attempt."""

    code = "factor_code_missing"
    message = N_("Skriv koden fra din app eller en af dine engangskoder.")


class TooManySignIns(SignInRefused):
    """`details["wait"]` is the time to wait, as a timedelta."""

    code = "too_many_sign_ins"
    message = N_("Der er prøvet for mange gange. Vent lidt, og prøv igen.")


class SignInBusy(Busy):
    """More people sign in at this moment than this process checks passwords for."""

    code = "sign_in_busy"
    message = N_("Der er mange, der logger ind lige nu. Prøv igen om et øjeblik.")


class InvitationInvalid(GenvejError):
    """Unknown, used, withdrawn or expired: one error for all of them."""

    code = "invitation_invalid"
    message = N_("Invitationen gælder ikke længere. Bed om en ny der, hvor du skal arbejde.")


class InvitationElsewhere(GenvejError):
    """It is good for a post at another organisation than the one for which the issuer says that the person works."""

    code = "invitation_elsewhere"
    message = N_(
        "Invitationen gælder en anden organisation end den, du er logget ind for. Vælg den rette, når du logger ind."
    )


class IdentityNotTied(GenvejError):
    """The invitation's address has an account, and nobody has shown that this person owns it."""

    code = "identity_not_tied"
    message = N_(
        "Der er allerede en konto til e-mailadressen i invitationen. Tag imod med kontoens adgangskode. Bagefter kan "
        "du under Min konto vælge at logge ind som nu."
    )


class IdentityTaken(GenvejError):
    """Another account is known by the same person at the same issuer."""

    code = "identity_taken"
    message = N_("Du har allerede en anden konto, som du logger ind på den måde. Brug den.")
    constraint = "account_oidc_once"


class IdentityElsewhere(GenvejError):
    """The account holds no post at the organisation for which the issuer says that the person works."""

    code = "identity_elsewhere"
    message = N_("Du har ingen rolle i den organisation, du loggede ind for. Vælg den rette, når du logger ind.")


class PasswordUnfit(GenvejError):
    """The new password was not taken."""


class PasswordTooShort(PasswordUnfit):
    code = "password_too_short"
    message = N_("Adgangskoden skal have mindst 12 tegn. Tag for eksempel fire ord, der ikke hører sammen.")


class PasswordTooLong(PasswordUnfit):
    code = "password_too_long"
    message = N_("Adgangskoden må højst have 200 tegn.")


class PasswordLeaked(PasswordUnfit):
    code = "password_leaked"
    message = N_("Adgangskoden står på en liste over lækkede adgangskoder. Vælg en, du ikke har brugt andre steder.")


class PasswordGuessable(PasswordUnfit):
    """A common one, or made of the owner's name, address or place of work."""

    code = "password_guessable"
    message = N_(
        "Adgangskoden er for let at gætte. Tag for eksempel fire ord, der ikke hører sammen, og hverken dit navn eller "
        "dit arbejdssted."
    )


class EmailInvalid(GenvejError):
    code = "email_invalid"
    message = N_("E-mailadressen kan ikke læses. Skriv den som navn@sted.dk.")


class EmailTaken(GenvejError):
    """Somebody opened an account for the same address in the same moment."""

    code = "email_taken"
    message = N_("Der er lige oprettet en konto til den e-mailadresse. Prøv igen med dens adgangskode.")
    constraint = "account_email_once"


class NameInvalid(GenvejError):
    code = "name_invalid"
    message = N_("Skriv dit navn med højst 120 tegn og med bogstaver fra ét alfabet.")


class TotpNotBegun(GenvejError):
    code = "totp_not_begun"
    message = N_("Begynd forfra med at knytte din app til kontoen.")


class NotPermitted(GenvejError):
    code = "not_permitted"
    message = N_("Det kræver en anden rolle end den, du har her. Spørg din leder, hvis du har brug for den.")


class OrganisationUnknown(GenvejError):
    code = "organisation_unknown"
    message = N_("Organisationen findes ikke.")


class AccountUnknown(GenvejError):
    code = "account_unknown"
    message = N_("Kontoen findes ikke.")


class MembershipUnknown(GenvejError):
    """It never was, has ended, or is none of the actor's business."""

    code = "membership_unknown"
    message = N_("Rollen findes ikke her.")


class ResetInvalid(GenvejError):
    """Unknown, used, replaced or expired: one error for all of them."""

    code = "reset_invalid"
    message = N_("Linket gælder ikke længere. Bed om et nyt der, hvor du arbejder.")


class ResetByAnother(GenvejError):
    """Whoever opened the one door does not open the other."""

    code = "reset_by_another"
    message = N_(
        "Du har lige nulstillet det andet for personen. En kollega må nulstille dette, eller vent, til personen har "
        "logget ind."
    )
    constraint = "account_reset_one_by_one_person"


class MembershipExists(GenvejError):
    code = "membership_exists"
    message = N_("Personen har allerede den rolle.")
    constraint = "membership_live_once"
