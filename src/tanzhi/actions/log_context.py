"""What every line of the log carries while something is being done: the request's id, the job's number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from types import MappingProxyType

_FIELDS: ContextVar[Mapping[str, str | int]] = ContextVar("tanzhi_log_fields", default=MappingProxyType({}))


def log_fields() -> Mapping[str, str | int]:
    return _FIELDS.get()


@contextmanager
def log_context(**fields: str | int) -> Iterator[None]:
    """Until the block ends, lines of this thread carry these fields beside those around it."""
    token = _FIELDS.set({**_FIELDS.get(), **fields})
    try:
        yield
    finally:
        _FIELDS.reset(token)
