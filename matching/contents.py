"""What the hospital has written in a plan: health data of the most personal kind, sealed at rest.

It is opened for the citizen, known by MitID and not by a letter's codes, and for those who treat them. Whoever opens
it writes an entry in the look-up log.
"""

from dataclasses import dataclass
from datetime import date

from pydantic import TypeAdapter

from providers.vault import Vault


@dataclass(frozen=True, slots=True)
class PlanContents:
    """The keys of the JSON in `plan.contents`. Texts are as the hospital wrote them; None = the plan does not say.

    `function_before` and `function_at_discharge`: what the citizen could do before the illness, and can do now.
    `need`: what is to be trained, and what may come of it. `safety`: what to take care of while training. `practical`:
    aids, transport and the like. `start_deadline`: a local day by which training must begin, set on health grounds.
    `start_deadline_text`: the same in the hospital's words. `health`: illness and treatment. `control`: appointments at
    the hospital. `function_extended`: the whole picture, for rehabilitation at specialised level. `diagnoses` and
    `classifications` (ICD-10, ICF): code and text. `delivery`: `individual`, `group` or `digital`, as it is planned.
    `hospital`: the ward that wrote it. `region_contact`, `municipality_contact`: whom to ask, with telephone.
    `made_with_citizen`: made together with them. `sent_with_consent`: sent, with their consent, to the municipality
    and the doctor of their own.
    """

    function_before: str | None = None
    function_at_discharge: str | None = None
    need: str | None = None
    safety: str | None = None
    practical: str | None = None
    start_deadline: date | None = None
    start_deadline_text: str | None = None
    health: str | None = None
    control: str | None = None
    function_extended: str | None = None
    diagnoses: tuple[str, ...] = ()
    classifications: tuple[str, ...] = ()
    delivery: tuple[str, ...] = ()
    hospital: str | None = None
    region_contact: str | None = None
    municipality_contact: str | None = None
    made_with_citizen: bool | None = None
    sent_with_consent: bool | None = None


_CONTENTS = TypeAdapter(PlanContents)


def seal_contents(contents: PlanContents, vault: Vault) -> bytes:
    """The bytes that the plan keeps."""
    return vault.seal(_CONTENTS.dump_json(contents, exclude_defaults=True))


def open_contents(sealed: bytes, vault: Vault) -> PlanContents:
    """What was sealed. Whoever calls this writes an audit entry."""
    return _CONTENTS.validate_json(vault.open(sealed))
