"""The worker: delivers reports, tells people, keeps offers fresh and tidies up.

Any number of them may run beside each other.
"""

from portal.worker.running import WorkerConfig, run_worker, work, worker_config

__all__ = ["WorkerConfig", "run_worker", "work", "worker_config"]
