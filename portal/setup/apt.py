"""Installing Debian's packages, as root or by a sudo that asks nothing."""

import os
import shutil
import time

from portal.setup.steps import outcome, run, step

# A shell started without a login may lack the folders that dpkg needs, and messages are read below.
_ENVIRONMENT = (
    "env",
    "DEBIAN_FRONTEND=noninteractive",
    "LC_ALL=C",
    "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
)
_APT = ("apt-get", "-o", "DPkg::Lock::Timeout=300")

# Debian makes and starts a server of its own when PostgreSQL is installed, unless it is told before that it should not.
_IDLE = (
    "mkdir -p /etc/postgresql-common/createcluster.d && echo 'create_main_cluster = false'"
    " > /etc/postgresql-common/createcluster.d/genvej.conf"
)

_TRIES = 60
_PAUSE = 2.0


def available() -> bool:
    """Whether packages can be installed from here without asking anybody."""
    if shutil.which("apt-get") is None:
        return False
    return os.geteuid() == 0 or (shutil.which("sudo") is not None and not outcome(["sudo", "-n", "true"]).returncode)


def install(names: list[str], *, keep_server_idle: bool) -> None:
    """Install packages; with `keep_server_idle` a PostgreSQL among them starts nothing. Raises SetupError."""
    with step("System packages: reading the lists"):
        _update()
    with step(f"System packages: {' '.join(names)}"):
        for command in commands(names, keep_server_idle=keep_server_idle):
            run(command)


def commands(names: list[str], *, keep_server_idle: bool) -> list[list[str]]:
    """What is run to install the packages, in order."""
    idle = [as_root("sh", "-c", _IDLE)] if keep_server_idle else []
    return [*idle, as_root(*_APT, "install", "--yes", "--no-install-recommends", *names)]


def as_root(*command: str) -> list[str]:
    """The command as root runs it, or as sudo does without a password."""
    return [*([] if os.geteuid() == 0 else ["sudo", "-n"]), *_ENVIRONMENT, *command]


def _update() -> None:
    """Read the lists. Another apt may be at it: the option that waits for dpkg's lock does not wait for theirs."""
    for _ in range(_TRIES):
        if "/lists/lock" not in outcome(as_root(*_APT, "update")).stdout:
            break
        time.sleep(_PAUSE)
    # Lists that could not be read anew may still do; if not, the installation says what is wrong.
