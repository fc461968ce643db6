"""What the figures were measured on."""

import os
import platform
from collections.abc import Mapping
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import asyncpg

_PACKAGES = ("starlette", "uvicorn", "asyncpg", "tortoise-orm", "pgqueuer")


async def machine(connection: asyncpg.Connection) -> Mapping[str, Any]:
    """Processor, memory, load and versions. `load` is the average of the last minute, before anything was measured."""
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _field("/proc/cpuinfo", "model name") or platform.processor(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "load": load(),
        "system": platform.platform(),
        "python": platform.python_version(),
        "postgresql": await connection.fetchval("SHOW server_version"),
        "postgis": await connection.fetchval(
            "SELECT default_version FROM pg_available_extensions WHERE name = 'postgis'"
        ),
        "durable": await connection.fetchval("SHOW fsync") == "on",
        **{package: version(package) for package in _PACKAGES},
    }


def load() -> float:
    """How many programs have wanted a processor in the last minute."""
    return round(os.getloadavg()[0], 2)


def _field(file: str, name: str) -> str | None:
    path = Path(file)
    lines = path.read_text().splitlines() if path.exists() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), None)
