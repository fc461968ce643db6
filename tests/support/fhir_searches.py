"""What is asked of FHIR's registry (`fhir.a_registry`), with what it finds or how it is refused."""

SEARCHES: list[tuple[str, str]] = [
    ("Organization?active=false", ""),
    ("Organization?name=TEST&identifier=http://cvr.dk|{cvr}", "own"),
    ("Organization?identifier={cvr}", "own"),
    ("Organization?identifier=http://www.gs1.org/gln|{cvr}", ""),
    ("Organization?name=%25", ""),
    ("Organization?identifier=%00", ""),
    ("Location?address-postalcode=10,99&organization=Organization/{provider},x", "own"),
    ("Location?organization={provider}&status=inactive", ""),
    ("HealthcareService?service-type=b679c454-2da2-46dd-9425-0e52d4aa2bf3", "own-5"),
    ("HealthcareService?service-type=01-kirurgisk&location={base}/Location/{own}", "own-4 own-5"),
    ("HealthcareService?_id={own}-5,{own}-6,x", "own-5"),
    ("HealthcareService?service-type=unknown", ""),
    ("Schedule?actor=Location/{own}", "own"),
    ("Schedule?actor=HealthcareService/{own}-9", ""),
    ("Slot?service-type=01-kirurgisk-basic&schedule.actor=Location/{own}&schedule={own}", "first"),
    ("Slot?schedule={own}&start=2026-11-18", "first"),
    ("Slot?schedule={own}&start=le2026-11-18T10:00&start=2026", "first"),
    ("Slot?schedule={own}&start=lt2026-11-18", ""),
    ("Slot?schedule={own}&status=busy", ""),
]
"""`own` is the municipality's site or its provider, `first` its first free time."""

REFUSED: list[tuple[str, dict[str, str], int, str]] = [
    ("Location?colour=red", {"Prefer": "handling=strict"}, 400, "invalid"),
    ("Location?name:exact=x", {}, 400, "invalid"),
    ("Location?near=1|2", {}, 400, "invalid"),
    ("Location?near=north", {}, 400, "invalid"),
    ("Slot?start=soon", {}, 400, "invalid"),
    ("Slot?start=ge0001-01-01", {}, 400, "invalid"),
    ("Slot?status=free&status=busy", {}, 400, "invalid"),
    ("Slot?_count=-1", {}, 400, "invalid"),
    ("Slot?_include=Slot:patient", {}, 400, "invalid"),
    ("Slot?_summary=all", {}, 400, "invalid"),
    ("Slot?cursor=x", {}, 400, "invalid"),
    ("Slot/0", {}, 404, "not-found"),
    ("Slot/1,2", {}, 404, "not-found"),
    ("Patient", {}, 404, "not-found"),
    ("Slot", {"Accept": "application/fhir+xml"}, 406, "not-supported"),
    ("Slot?_format=xml", {}, 406, "not-supported"),
    ("Slot", {"Accept": "application/fhir+json; fhirVersion=3.0"}, 406, "not-supported"),
]
"""Address, headers, status and FHIR's kind of issue."""
