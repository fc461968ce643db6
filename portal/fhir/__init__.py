"""The registry and what is free in it for programs that speak FHIR R4 (4.0.1): `/fhir`, to be read and not written."""
