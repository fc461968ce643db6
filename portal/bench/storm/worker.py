"""The worker as a process that can be killed: `python -m portal.bench.storm.worker`, with the settings' environment."""

from dataclasses import replace
from datetime import timedelta
from logging import WARNING

from matching.reports.pace import Pace
from portal.commands.logs import log_to_stderr
from portal.settings_reading import read_settings
from portal.worker import run_worker, worker_config

QUICK = Pace(
    attempt=1.5,
    lease=timedelta(seconds=3),
    rounds=timedelta(seconds=0.5),
    longest_round=timedelta(seconds=3),
    first_pause=timedelta(seconds=0.5),
    longest_pause=timedelta(seconds=4),
    longest_rest=timedelta(seconds=1),
    acknowledged_within=timedelta(seconds=3),
)
"""A day's outage in seconds; everything else of the worker is as ever."""

if __name__ == "__main__":
    log_to_stderr(WARNING)
    run_worker(replace(worker_config(read_settings()), pace=QUICK))
