"""An answer of each kind, as the documentation shows it. The places are invented."""

_SITE = {
    "site_id": 17,
    "name": "Genoptræningscenter Eksempelby",
    "provider_name": "Eksempel Kommune",
    "provider_kind": "municipal",
    "address": "Eksempelvej 1, 1050 København K",
    "postal_code": "1050",
    "latitude": 55.6812,
    "longitude": 12.5871,
    "phone": "00 00 00 00",
    "web": "https://genoptraening.example",
}

MATCHES = {
    "items": [
        {
            **_SITE,
            "basis": "own",
            "distance_m": 1240,
            "first_free": "2026-11-19T10:30:00+01:00",
            "whole_week": False,
            "slot_id": 4711,
            "days_to_deadline": 3,
            "modes": ["group", "individual"],
            "facts": {"step_free": True, "lift": True, "accessible_toilet": True, "parking": False},
            "languages": ["da", "en"],
            "capacity_confirmed_at": "2026-11-12T08:15:00+01:00",
            "opens_on": None,
        }
    ],
    "next_cursor": None,
}

BOOKING = {
    "id": "6f0c2a5e-5d0b-4f0e-9a53-6f5d2f7a1c11",
    "state": "confirmed",
    "basis": "own",
    "version": 1,
    "slot_id": 4711,
    "starts_at": "2026-11-19T10:30:00+01:00",
    "whole_week": False,
    "minutes": 45,
    "mode": "individual",
    "site": _SITE,
}

CANCELLED = {**BOOKING, "state": "cancelled_by_citizen", "version": 2}

PACKAGES = {
    "items": [
        {
            "code": "01-kirurgisk",
            "area": "01",
            "track": "kirurgisk",
            "name": "01 Underekstremitet, kirurgisk",
            "levels": ["basic", "advanced"],
            "source": "real",
        }
    ]
}

POSTAL_CODES = {
    "items": [
        {
            "code": "1050",
            "name": "København K",
            "municipality_code": "0101",
            "latitude": 55.6812,
            "longitude": 12.5871,
        }
    ]
}

REPORTS = {
    "items": [
        {
            "position": 8801,
            "report": {
                "message_id": "0b7a4a38-3d55-4c5e-8d3a-2f8f0a5b9c10",
                "case_reference": "G-2026-001",
                "sequence": 3,
                "event": "booked",
                "plan_state": "booked",
                "guarantee_date": "2026-11-22",
            },
        }
    ],
    "after": 8801,
}

ACKNOWLEDGED = {"items": [{"message_id": "0b7a4a38-3d55-4c5e-8d3a-2f8f0a5b9c10", "state": "delivered"}]}

PLANS_TAKEN = {
    "items": [
        {
            "message_id": "GGOP-2026-1",
            "state": "taken",
            "findings": [
                {
                    "code": "lives_elsewhere",
                    "place": "Eksempel",
                    "stops": False,
                    "detail": "The citizen lives in another municipality (Eksempel).",
                }
            ],
        }
    ]
}

RECEIVED = {"kind": "acknowledgement", "note": "ok"}

SLOTS = {
    "first_day": "2026-12-01",
    "last_day": "2026-12-31",
    "slots": [
        {
            "slot_id": 812,
            "starts_at": "2026-12-01T10:30:00+01:00",
            "minutes": 45,
            "mode": "group",
            "seats": 6,
            "taken": 2,
            "closed": False,
            "packages": [{"package": "01-kirurgisk", "level": "basic"}],
        }
    ],
}

FIGURES = {
    "as_of": "2026-11-16",
    "counted_at": "2026-11-16T04:10:02Z",
    "first": "2025-11-01",
    "last": "2026-10-31",
    "smallest": 5,
    "tables": [
        {
            "name": "begun_by_municipality",
            "columns": ["begun_in_time", "begun_later", "not_begun"],
            "rows": [
                {"key": "0101", "plans": 412, "cells": [301, 92, 19], "median": 6, "ninetieth": 14},
                {"key": "0825", "plans": 9, "cells": [None, None, None], "median": None, "ninetieth": None},
            ],
            "sums": [306, 95, 20],
            "plans": 421,
        }
    ],
}

REPLACED = {"added": 12, "changed": 1, "removed": 3, "kept": 140}

FIGURE_FILE = '"key";"plans";"begun_in_time";"begun_later";"not_begun"\r\n"0101";"412";"301";"92";"19"\r\n'
