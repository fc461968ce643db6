"""Why a file was not taken.

UploadRefused       → 400
├── UploadMissing   nothing was sent
├── UploadsTooMany  more files than are taken at once
├── UploadTooLarge  → 413
├── UploadKindWrong the content is of none of the kinds that are taken
└── UploadUnsafe    it is broken, locked, runs something, or grows beyond measure when it is opened
"""

from typing import ClassVar

from providers.errors import GenvejError
from providers.words import N_


class UploadRefused(GenvejError):
    """A file was not taken; nothing of it is kept."""


class UploadMissing(UploadRefused):
    code: ClassVar[str] = "upload_missing"
    message: ClassVar[str] = N_("Vælg en fil.")


class UploadsTooMany(UploadRefused):
    code: ClassVar[str] = "uploads_too_many"
    message: ClassVar[str] = N_("Vælg højst %(most)s filer ad gangen.")


class UploadTooLarge(UploadRefused):
    code: ClassVar[str] = "upload_too_large"
    message: ClassVar[str] = N_("Filen %(name)s er for stor. Den må højst fylde %(megabytes)s MB.")


class UploadKindWrong(UploadRefused):
    code: ClassVar[str] = "upload_kind_wrong"
    message: ClassVar[str] = N_("Filen %(name)s kan ikke bruges her. Vælg en fil af en af disse slags: %(kinds)s.")


class UploadUnsafe(UploadRefused):
    code: ClassVar[str] = "upload_unsafe"
    message: ClassVar[str] = N_(
        "Filen %(name)s kan ikke bruges: den er i stykker, låst eller indeholder noget, der kan køre. Gem den på ny."
    )
