"""What Denmark looks like to this program: places, authorities, packages and amounts, from the files beside this one."""

from providers.reference.catalogue import Catalogue, load_catalogue
from providers.reference.loader import ATTRIBUTION, load_reference

__all__ = ["ATTRIBUTION", "Catalogue", "load_catalogue", "load_reference"]
