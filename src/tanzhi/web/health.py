"""Is this installation well? One reading a part, each with its threshold; strangers hear only "ok" or "not ok"."""

from __future__ import annotations

import hmac
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

from django.conf import settings
from django.db import connection
from django.db.models import Count, Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from tanzhi.actions.models import Job, WorkerBeat
from tanzhi.evidence.keys import HISTORY, MAC_KEY, folder
from tanzhi.evidence.models import Entry
from tanzhi.evidence.set_aside import waiting

from . import counters

MEGABYTE = 2**20
log = logging.getLogger("tanzhi.health")


@dataclass(frozen=True, slots=True)
class Reading:
    """What was measured, and whether it is as it should be."""

    ok: bool
    value: float | str
    limit: float | str = ""

    def as_dict(self) -> dict[str, object]:
        return {"ok": self.ok, "value": self.value, "limit": self.limit}


def read_database() -> Reading:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return Reading(True, "answers")


def read_migrations() -> Reading:
    """How many migrations of this release the database lacks."""
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    return Reading(missing == 0, missing, 0)


def read_sealing() -> Reading:
    """The age of the oldest entry without a place in the tree, in seconds; the code of what stops sealing before it."""
    age, limit = unsealed_seconds(), settings.HEALTH_UNSEALED_SECONDS
    beats = WorkerBeat.objects.filter(kind=WorkerBeat.SEALER).order_by("-at")
    code = beats.values_list("fault", flat=True).first()
    return Reading(False, f"{code}, {round(age)}", limit) if code else Reading(age <= limit, round(age), limit)


def read_worker() -> Reading:
    """Since when the worker was not heard of, in seconds; "never" if no worker runs."""
    newest = WorkerBeat.objects.filter(kind=WorkerBeat.SEALER).order_by("-at").first()
    if newest is None:
        return Reading(False, "never", settings.HEALTH_WORKER_SECONDS)
    age = (timezone.now() - newest.at).total_seconds()
    return Reading(age <= settings.HEALTH_WORKER_SECONDS, round(age), settings.HEALTH_WORKER_SECONDS)


def read_disk() -> Reading:
    """Megabytes left where files and (SQLite) the database stand."""
    free = disk_free_bytes() // MEGABYTE
    return Reading(free >= settings.HEALTH_DISK_MEGABYTES, free, settings.HEALTH_DISK_MEGABYTES)


def read_keys() -> Reading:
    """A log with entries has its keys beside it; they cannot be made anew."""
    missing = missing_keys() if Entry.objects.exists() else []
    return Reading(not missing, "there" if not missing else f"missing: {', '.join(missing)}")


def missing_keys() -> list[str]:
    """Which files of the log's keys are not in their folder."""
    here = {path.name for path in folder().glob("*")}
    signing = [] if any(name.endswith(".key") for name in here) else ["0001.key"]
    return signing + [name for name in (HISTORY, MAC_KEY) if name not in here]


CHECKS: dict[str, Callable[[], Reading]] = {
    "database": read_database,
    "migrations": read_migrations,
    "sealing": read_sealing,
    "worker": read_worker,
    "disk": read_disk,
    "keys": read_keys,
}


def readings() -> dict[str, Reading]:
    """All parts; one that cannot be read is not well, and the log says why."""
    return {name: read(name) for name in CHECKS}


def read(name: str) -> Reading:
    """One part by its name."""
    try:
        return CHECKS[name]()
    except Exception:
        log.exception("health cannot be read", extra={"fields": {"part": name}})
        connection.close()
        return Reading(False, "cannot be read")


@never_cache
def health(request: HttpRequest) -> HttpResponse:
    """For a watchdog: 200 or 503; who may have the metrics is told each part."""
    parts = readings()
    well = all(part.ok for part in parts.values())
    answer: dict[str, object] = {"status": "ok" if well else "not ok"}
    if may_have_metrics(request):
        answer["parts"] = {name: part.as_dict() for name, part in parts.items()}
    if not well:
        wrong = {name: part.value for name, part in parts.items() if not part.ok}
        log.warning("not ok", extra={"fields": wrong})
    return JsonResponse(answer, status=200 if well else 503)


@never_cache
def live(request: HttpRequest) -> HttpResponse:
    """For whoever starts and restarts the server: this process answers, and so does the database."""
    alive = read("database").ok
    return JsonResponse({"status": "ok" if alive else "not ok"}, status=200 if alive else 503)


@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Prometheus' text form, for this machine and for whoever has the token."""
    if not may_have_metrics(request):
        return HttpResponse("TANZHI_METRICS_TOKEN\n", status=403, content_type="text/plain; charset=utf-8")
    return HttpResponse("\n".join(metric_lines()) + "\n", content_type="text/plain; version=0.0.4; charset=utf-8")


def may_have_metrics(request: HttpRequest) -> bool:
    """From this machine itself (not through a server on it that forwards others), or with the token."""
    token = settings.METRICS_TOKEN
    brought = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(brought.encode(), token.encode()):
        return True
    address = getattr(request, "client_address", "")
    try:
        return ip_address(address).is_loopback and not getattr(request, "forwarded_by_stranger", False)
    except ValueError:
        return False


def unsealed_seconds() -> float:
    oldest = waiting().aggregate(at=Min("at"))["at"]
    return max(0.0, (timezone.now() - oldest).total_seconds()) if oldest else 0.0


def disk_free_bytes() -> int:
    return shutil.disk_usage(settings.VAR).free


def connections_used() -> tuple[int, int] | None:
    """Connections to the database's server, and how many it grants; None on SQLite."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*), current_setting('max_connections')::int FROM pg_stat_activity "
            "WHERE backend_type = 'client backend'"
        )
        used, limit = cursor.fetchone()
    return int(used), int(limit)


def metric_lines() -> list[str]:
    """Every metric with its meaning; a part that cannot be read is left out, and the log says why."""
    lines: list[str] = []
    unsealed, well = "Age of the oldest log entry that is not sealed.", "1 where /healthz finds the part well."
    writers: tuple[Callable[[], list[str]], ...] = (
        lambda: _metric("tanzhi_unsealed_entry_age_seconds", "gauge", unsealed, ("", round(unsealed_seconds(), 3))),
        lambda: _metric("tanzhi_disk_free_bytes", "gauge", "Space left under TANZHI_VAR.", ("", disk_free_bytes())),
        _job_lines,
        _connection_lines,
        _request_lines,
        lambda: _metric(
            "tanzhi_healthy",
            "gauge",
            well,
            *((f'{{part="{name}"}}', int(part.ok)) for name, part in readings().items()),
        ),
    )
    for write in writers:
        try:
            lines += write()
        except Exception:
            log.exception("metrics cannot be read")
            connection.close()
    return lines


def _metric(name: str, kind: str, meaning: str, *samples: tuple[str, float]) -> list[str]:
    return [f"# HELP {name} {meaning}", f"# TYPE {name} {kind}", *(f"{name}{labels} {v}" for labels, v in samples)]


def _job_lines() -> list[str]:
    counted = dict(Job.objects.values_list("state").annotate(n=Count("pk")).order_by())
    states = (Job.QUEUED, Job.RUNNING, Job.DONE, Job.FAILED, Job.CANCELLED)
    oldest = Job.objects.filter(state=Job.QUEUED).aggregate(at=Min("created_at"))["at"]
    age = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    samples = ((f'{{state="{state}"}}', counted.get(state, 0)) for state in states)
    return [
        *_metric("tanzhi_jobs", "gauge", "Jobs by state.", *samples),
        *_metric(
            "tanzhi_oldest_queued_job_age_seconds", "gauge", "Age of the oldest waiting job.", ("", round(age, 3))
        ),
    ]


def _connection_lines() -> list[str]:
    counted = connections_used()
    if counted is None:
        return []
    used, limit = counted
    return [
        *_metric("tanzhi_database_connections", "gauge", "Connections to the database's server.", ("", used)),
        *_metric("tanzhi_database_connections_limit", "gauge", "PostgreSQL's max_connections.", ("", limit)),
    ]


def _request_lines() -> list[str]:
    totals = counters.totals()
    seconds = (("{" + f'status="{status}"' + "}", round(taken, 6)) for status, (_, taken) in totals.items())
    return [
        *_metric(
            "tanzhi_requests_total",
            "counter",
            "Requests by class of status, since the server was started.",
            *((f'{{status="{status}"}}', number) for status, (number, _) in totals.items()),
        ),
        *_metric("tanzhi_request_seconds_total", "counter", "Time taken to answer them.", *seconds),
    ]
