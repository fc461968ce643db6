"""Which addresses are for programs: they bring no cookie, and are answered in their own form."""


def is_for_programs(path: str) -> bool:
    return path.startswith("/api/") or is_fhir(path)


def is_fhir(path: str) -> bool:
    return path == "/fhir" or path.startswith("/fhir/")
