"""The worker: delivers reports, keeps offers fresh and tidies up. Any number of them may run beside each other."""

from portal.worker.running import WorkerConfig, run_worker, work

__all__ = ["WorkerConfig", "run_worker", "work"]
