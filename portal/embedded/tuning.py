"""How the private server is set up: for the machine it stands on, and for whether what it holds must last."""

import os

from portal.embedded import endpoint

_ALWAYS = {
    "listen_addresses": "",
    "port": str(endpoint.PORT),
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "timezone": "UTC",
    "log_timezone": "UTC",
}
# Nobody copies this server or winds it back to an earlier moment, so what is built anew need not be in the log as well.
_DURABLE = {"wal_level": "minimal", "max_wal_senders": "0", "max_wal_size": "4GB"}
_HASTY = {"shared_buffers": "512MB", "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def server_settings(*, durable: bool) -> dict[str, str]:
    """PostgreSQL's settings by their names; without durability, a power cut loses everything."""
    return _ALWAYS | ({"shared_buffers": f"{_buffers()}MB"} | _DURABLE if durable else _HASTY)


def _buffers() -> int:
    """An eighth of the machine's memory, for the server is not alone; half a million sites' indexes fit into 1 GB."""
    megabytes = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
    return max(128, min(megabytes // 8, 1024))
