"""A worker as an operating system's process, to be killed: `python -m tests.support.worker_process ADDRESS`."""

import sys

from portal.worker import WorkerConfig, run_worker
from tests.support.receivers import THIS_MACHINE
from tests.support.workers import NO_WAY
from tests.support.worlds import POLICY, VAULT

if __name__ == "__main__":
    run_worker(WorkerConfig(sys.argv[1], VAULT, POLICY, THIS_MACHINE, NO_WAY))
