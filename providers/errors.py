"""The base of every error that a person may read.

The tree (each class stands beside the rule that raises it)::

    GenvejError
    ├── CodeMistyped                  matching/codes.py
    │   └── AccessCodeMistyped        matching/codes.py
    ├── IllegalTransition             matching/states.py
    ├── StopReasonMissing             matching/states.py
    └── StopReasonNotAllowed          matching/states.py
"""

from typing import ClassVar


class GenvejError(Exception):
    """`code` is a stable slug for programs, `message` the Danish msgid, `details` fill its placeholders.

    Details may be shown and logged, so they never hold a code, a name or a CPR number.
    """

    code: ClassVar[str] = "error"
    message: ClassVar[str] = ""

    def __init__(self, **details: object) -> None:
        super().__init__(self.code)
        self.details = details
