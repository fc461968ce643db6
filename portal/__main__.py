"""`python3 -m portal COMMAND`: set up what is missing, then run the command. Standard library only, up to the exec."""

import os
import sys
from pathlib import Path
from typing import NoReturn

OLDEST = (3, 11)


def main(arguments: list[str]) -> int:
    """Set up the clone and become the command; the tests are run from here, since they need a server around them."""
    if sys.version_info < OLDEST:
        return _fail("Genvej needs Python 3.11 or newer; this is " + sys.version.split()[0] + ".")
    # Only now: these modules are written for the Python that has just been asked for.
    from portal import embedded, setup
    from portal.setup.testing import run_tests

    root = Path(__file__).resolve().parent.parent
    try:
        python = setup.prepare(root, arguments)
        if arguments[:1] == ["test"]:
            return run_tests(root, python, arguments[1:])
    except (setup.SetupError, embedded.EmbeddedError) as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return _fail("Broken off.")
    return _become([str(python), "-m", "portal.commands", *arguments])


def _become(command: list[str]) -> NoReturn:
    os.execv(command[0], command)  # noqa: S606 # nosec B606


def _fail(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
