"""What was written beside the files of a form, for whoever may not send files now."""

from dataclasses import dataclass

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from portal.uploads.names import file_name


@dataclass(frozen=True, slots=True)
class ChosenFiles:
    """The files that somebody had chosen in one field: what they were called, and nothing of what is in them."""

    field: str
    names: tuple[str, ...]


class _TextOnly(MultiPartParser):
    """Lets the files stream by: whoever is signed out fills no disk of ours."""

    def on_part_data(self, data: bytes, start: int, end: int) -> None:
        if self._current_part.file is None:
            super().on_part_data(data, start, end)


async def form_without_files(request: Request) -> FormData | None:
    """A form that nobody has read yet; None for what is none."""
    try:
        form = await _TextOnly(request.headers, request.stream(), max_files=100).parse()
    except MultiPartException:
        return None
    await form.close()
    return form


def chosen_files(form: FormData) -> list[ChosenFiles]:
    """By field, in the form's order; an empty field is none."""
    names: dict[str, list[str]] = {}
    for field, file in form.multi_items():
        if isinstance(file, UploadFile) and file.filename:
            names.setdefault(field, []).append(file_name(file.filename))
    return [ChosenFiles(field, tuple(found)) for field, found in names.items()]
