"""Reading a MedCom message of theirs, as far as it concerns us: which of our messages does it answer?"""

from typing import Any

import orjson

_PREFIX = "MessageHeader/"


def answered_message(body: bytes) -> str | None:
    """The id of the message that a CareCommunication is a reply to; None for anything else, whatever it is."""
    try:
        resources = [item["resource"] for item in orjson.loads(body)["entry"]]
        if not any(one["resourceType"] == "Communication" for one in resources):
            return None
        revised = [_revised(one) for one in resources if one["resourceType"] == "Provenance"]
    except (orjson.JSONDecodeError, KeyError, TypeError):
        return None
    # One Provenance for each message of the thread travels along, the latest last.
    return next((answered for answered in reversed(revised) if answered), None)


def _revised(provenance: dict[str, Any]) -> str | None:
    references = [
        entity["what"].get("reference", "") for entity in provenance.get("entity", []) if entity["role"] == "revision"
    ]
    return next((one.removeprefix(_PREFIX) for one in references if one.startswith(_PREFIX)), None)
