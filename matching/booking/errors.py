"""What a booking may answer instead of a booking."""

from providers.errors import GenvejError
from providers.words import N_


class BookingError(GenvejError):
    """Nothing was changed."""


class SlotTaken(BookingError):
    code = "slot_taken"
    message = N_("Tiden er lige blevet taget af en anden. Vælg en af de andre tider.")
    constraint = "slot_seats_not_exceeded"


class SlotNotBookable(BookingError):
    code = "slot_not_bookable"
    message = N_("Tiden kan ikke bookes. Den kan være passeret, eller stedet kan ikke vælges. Vælg en anden tid.")


class AlreadyBooked(BookingError):
    code = "already_booked"
    message = N_("Du har allerede en tid. Vil du have en anden, så flyt den tid, du har.")
    constraint = "booking_one_current_per_plan"


class BookingUnknown(BookingError):
    code = "booking_unknown"
    message = N_("Vi kan ikke finde den tid. Den kan være flyttet eller aflyst.")


class TimePassed(BookingError):
    code = "time_passed"
    message = N_("Tiden er passeret og kan ikke længere flyttes eller aflyses her. Ring til stedet eller din kommune.")


class ChangeTooLate(BookingError):
    """`phone` is the place's number, or empty."""

    code = "change_too_late"
    message = N_("Det er for tæt på tiden til at flytte eller aflyse her. Ring til genoptræningsstedet. %(phone)s")

    def __init__(self, *, phone: str = "") -> None:
        super().__init__(phone=phone)


class GuaranteeLossNotAccepted(BookingError):
    code = "guarantee_loss_not_accepted"
    message = N_(
        "Vælger du en anden kommune, gælder fristen på 7 dage ikke længere, og stedet kan sige nej. "
        "Bekræft, at det er i orden."
    )


class WaitingNotPossible(BookingError):
    code = "waiting_not_possible"
    message = N_("Du kan kun vælge at vente, før din genoptræning er i gang, og mens du ikke har en tid.")


class IdempotencyKeyReused(BookingError):
    code = "idempotency_key_reused"
    message = N_("Nøglen er allerede brugt til en anden tid. Brug en ny nøgle.")
    constraint = "idempotency_key_once_per_plan"
