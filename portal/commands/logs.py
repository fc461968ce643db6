"""Logs: one line of JSON for each event, on standard error, so that standard output stays the command's answer."""

import sys

import structlog


def log_to_stderr(level: int) -> None:
    """Log events from this level (of `logging`) up. What is logged never holds a code, a name or a CPR number."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
