"""The log: one line an event, readable by people or (TANZHI_LOG=json) by programs, and no personal data in either.

A line has time, level, logger, message and the fields of what is being done (`request`, `job`, …). Never in it: query
strings, bodies, names, addresses of people, secrets of links. So an unforeseen exception leaves its type and the whole
stack, but its message only where the kind of exception cannot quote data (`SAFE`), unless the installation asks for
messages while it looks for a fault (TANZHI_LOG_MESSAGES=1).
"""

from __future__ import annotations

import json
import logging
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import AppRegistryNotReady, DisallowedHost, ImproperlyConfigured
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from tanzhi.actions.log_context import log_fields

ACCESS = "tanzhi.access"
FORMS = ("text", "json")
# Their messages name code, settings, servers and system errors, not what somebody typed.
SAFE = (
    AppRegistryNotReady, AttributeError, ConnectionError, ImproperlyConfigured, ImportError, InterfaceError,
    MemoryError, NameError, NotImplementedError, OperationalError, RecursionError, TimeoutError,
)  # fmt: skip


def logging_settings(form: str, level: str, *, messages: bool) -> dict[str, Any]:
    """For `LOGGING`: everything on standard error, once."""
    formatter = {"()": "tanzhi.web.logs.JsonLine" if form == "json" else "tanzhi.web.logs.TextLine"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"line": formatter | {"messages": messages}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            # Django's own handlers (console when debugging, mail to administrators) stay silent: root has all.
            "django": {"handlers": [], "level": level},
            # A 4xx is a line of the access log already; of a request only what broke here remains.
            "django.request": {"level": "ERROR"},
            "django.server": {"handlers": [], "propagate": True},
            # It writes the names that people try to sign in with.
            "axes": {"level": "CRITICAL"},
            "django_tasks": {"level": "WARNING"},
            "django_tasks_db": {"level": "WARNING"},
            "_granian": {"level": "INFO"},
        },
    }


class LineFormatter(logging.Formatter):
    """What both forms share: message without personal data, fields, stack."""

    def __init__(self, *, messages: bool = False) -> None:
        super().__init__()
        self.messages = messages

    def fields(self, record: logging.LogRecord) -> dict[str, Any]:
        return {**log_fields(), **getattr(record, "fields", {})}

    def message(self, record: logging.LogRecord) -> str:
        """The line's own text; Django's lines on a request name its path, in which a link's secret may stand."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and not self.messages:
            return f"{request.method} {route_of(request)} {getattr(record, 'status_code', '')}".strip()
        return record.getMessage()

    def stack(self, record: logging.LogRecord) -> str:
        if not record.exc_info or record.exc_info[1] is None:
            return ""
        return "".join(stack_of(record.exc_info[1], messages=self.messages)).rstrip()


class TextLine(LineFormatter):
    """`2026-11-28T14:00:00.123+00:00 INFO tanzhi.access GET about/ 200 request=4f… ms=12`"""

    def format(self, record: logging.LogRecord) -> str:
        fields = "".join(f" {name}={value}" for name, value in self.fields(record).items())
        line = f"{_time(record)} {record.levelname} {record.name} {self.message(record)}{fields}"
        line = line.replace("\r", "\\r").replace("\n", "\\n")  # one event, one line: nobody writes a second
        stack = self.stack(record)
        return f"{line}\n{stack}" if stack else line


class JsonLine(LineFormatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _time(record),
            "level": record.levelname,
            "logger": record.name,
            "message": self.message(record),
            **self.fields(record),
        }
        if stack := self.stack(record):
            line["stack"] = stack
        return json.dumps(line, ensure_ascii=False, default=str)


def route_of(request: HttpRequest) -> str:
    """The pattern of an address (`organisations/reset/<str:secret>/`): what was asked for without whom it concerns."""
    match = getattr(request, "resolver_match", None)
    return match.route or "/" if match is not None else "-"


def stack_of(fault: BaseException, *, messages: bool) -> Iterator[str]:
    """The traceback with its causes, oldest first; of a message what may be written down."""
    cause = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    if cause is not None:
        yield from stack_of(cause, messages=messages)
        yield "\nwhile that was handled:\n\n"
    yield "Traceback (most recent call last):\n"
    yield from traceback.StackSummary.extract(traceback.walk_tb(fault.__traceback__)).format()
    name = f"{type(fault).__module__}.{type(fault).__qualname__}"
    words = str(fault) if messages or (isinstance(fault, SAFE) and not isinstance(fault, DisallowedHost)) else ""
    yield f"{name}: {words}\n" if words else f"{name}\n"


def _time(record: logging.LogRecord) -> str:
    return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
