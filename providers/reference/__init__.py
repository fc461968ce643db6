"""Places, authorities, packages and amounts: what the files beside this one say of Denmark."""

from providers.reference.catalogue import Catalogue, load_catalogue
from providers.reference.loader import ATTRIBUTION, load_reference

__all__ = ["ATTRIBUTION", "Catalogue", "load_catalogue", "load_reference"]
