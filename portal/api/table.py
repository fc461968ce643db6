"""Every operation of the API, in the order in which it is told. The routes and the documentation are made from this."""

from typing import Any

from portal.api.operation import Operation
from portal.api.operations_choosing import CHOOSING
from portal.api.operations_keyed import KEYED
from portal.api.operations_open import OPEN

OPERATIONS: tuple[Operation[Any], ...] = (*CHOOSING, *OPEN, *KEYED)
