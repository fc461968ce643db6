"""Files that people send: recognised by their content, within limits, and harmless before anything else reads them.

    staff_form("/klinik/bevis", evidence.add, "evidence_added", …, largest_body=11 * MEGABYTE)

    form = await request.form()
    (evidence,) = await uploads_of(form, "fil", kinds={Kind.PDF, Kind.PNG, Kind.JPEG}, largest=10 * MEGABYTE)

The route's `largest_body` ends a request while it still streams in; `largest` is the limit of each file. What its name
or its declared type say of a file counts for nothing. Send one back with `portal.downloads.attachment`.
"""

import asyncio
from collections.abc import Collection

from starlette.datastructures import FormData, UploadFile

from portal.uploads.errors import UploadKindWrong, UploadMissing, UploadsTooMany, UploadTooLarge, UploadUnsafe
from portal.uploads.kinds import Kind, check, recognised
from portal.uploads.names import Upload, file_name

__all__ = [
    "MEGABYTE",
    "Kind",
    "Upload",
    "UploadKindWrong",
    "UploadMissing",
    "UploadTooLarge",
    "UploadUnsafe",
    "UploadsTooMany",
    "checked",
    "recognised",
    "uploads_of",
]

MEGABYTE = 1024 * 1024


async def uploads_of(
    form: FormData, field: str, *, kinds: Collection[Kind], largest: int, most: int = 1
) -> list[Upload]:
    """The files of a field, at least one; raises the errors of `portal.uploads.errors`, all of them UploadRefused.

    One bad file refuses them all. Who takes many and can do with some reads them one by one with `checked`.
    """
    sent = [file for file in form.getlist(field) if isinstance(file, UploadFile) and (file.filename or file.size)]
    if not sent:
        raise UploadMissing
    if len(sent) > most:
        raise UploadsTooMany(most=most)
    return [await _read(file, kinds, largest) for file in sent]


def checked(name: str, content: bytes, *, kinds: Collection[Kind], largest: int) -> Upload:
    """One file that is already in memory, held to the same rules; raises UploadRefused."""
    if len(content) > largest:
        raise UploadTooLarge(megabytes=_megabytes(largest), name=file_name(name))
    kind = recognised(content)
    if kind is None or kind not in kinds:
        raise UploadKindWrong(kinds=", ".join(sorted(one.upper() for one in kinds)), name=file_name(name))
    try:
        check(kind, content)
    except ValueError as error:
        raise UploadUnsafe(name=file_name(name)) from error
    return Upload(file_name(name), kind, content)


async def _read(file: UploadFile, kinds: Collection[Kind], largest: int) -> Upload:
    """One byte more than is allowed is enough to know. Looking through a file takes a while, so others go on."""
    content = await file.read(largest + 1)
    return await asyncio.to_thread(checked, file.filename or "", content, kinds=kinds, largest=largest)


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f}" if size >= MEGABYTE else f"{size / MEGABYTE:.2f}".replace(".", ",")
