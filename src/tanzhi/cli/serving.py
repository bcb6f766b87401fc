"""The server's processes: how many fit, and how they are begun and begun anew."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass

from tanzhi.rulebook.kernel.text import Text

from .speaking import NOT_READY, Stopped

# Those that may wait for their turn in a process; a thread that waits takes neither processor nor connection.
WAITING = 512
MOST_WORKERS = 4
# Beside the pages: the worker (sealer), its jobs and their sign of life, and commands such as backup; PostgreSQL keeps
# three more for its own administrator.
OTHER_CONNECTIONS = 8
RESERVED_CONNECTIONS = 3
RESPAWN_SECONDS = 1.0
LIFETIME_SECONDS = 24 * 3600
KILL_SECONDS = 30
TOO_MANY = Text(
    "{workers} 个进程 × {threads} 个线程需要 {needed} 个数据库连接（含后台与维护），而 max_connections 为 {limit}；"
    "请减少进程或线程，或调大 max_connections",
    "{workers} processes × {threads} threads need {needed} database connections (worker and upkeep included), but "
    "max_connections is {limit}: take fewer, or raise max_connections",
)


@dataclass(frozen=True, slots=True)
class ServerSize:
    """Processes, and threads at work in each; such a thread answers one request at a time with one connection."""

    workers: int
    threads: int

    @property
    def connections(self) -> int:
        """What all of the installation may use at once on PostgreSQL."""
        return self.workers * self.threads + OTHER_CONNECTIONS + RESERVED_CONNECTIONS


def server_size(workers: int = 0, threads: int = 0) -> ServerSize:
    """As stated by option, else by TANZHI_WORKERS and TANZHI_THREADS, else what suits this machine.

    On SQLite one process: writers wait for each other whatever their number. On PostgreSQL one a core, at most four.
    """
    from django.conf import settings
    from django.db import connection

    from tanzhi.web.deployment import whole_number

    cores = 1 if connection.vendor == "sqlite" else min(os.cpu_count() or 1, MOST_WORKERS)
    return ServerSize(
        workers or whole_number(os.environ, "TANZHI_WORKERS", 0) or cores,
        threads or whole_number(os.environ, "TANZHI_THREADS", 0) or settings.TANZHI_THREADS,
    )


def connection_limit() -> int | None:
    """How many connections the database grants; None where it has no such limit."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('max_connections')::int")
        return int(cursor.fetchone()[0])


def refuse_too_many_connections(size: ServerSize) -> None:
    """Said before the first visitor would be refused by the database."""
    limit = connection_limit()
    if limit is not None and size.connections > limit:
        counted = {"workers": size.workers, "threads": size.threads, "needed": size.connections, "limit": limit}
        raise Stopped("CLI-CONNECTIONS", TOO_MANY.format(**counted), NOT_READY)


def run_server(listen: str, port: int, size: ServerSize) -> None:
    """Until it is asked to end. A process that dies is begun anew, and each is renewed once a day."""
    from django.conf import settings
    from django.db import connections
    from granian import Granian
    from granian.constants import Interfaces

    from tanzhi.web import counters

    counters.clear()
    connections.close_all()
    # Each process reads the settings by itself, with this one: a forked one would go on with those read before.
    os.environ["TANZHI_DATABASE_POOL"] = str(size.threads)
    multiprocessing.set_start_method("spawn", force=True)
    Granian(
        "tanzhi.web.wsgi:application",
        address=listen,
        port=port,
        interface=Interfaces.WSGI,
        workers=size.workers,
        blocking_threads=size.threads + WAITING,
        backpressure=size.threads + WAITING,  # otherwise fewer are let in, the more processes there are
        respawn_failed_workers=True,
        respawn_interval=RESPAWN_SECONDS,
        workers_lifetime=LIFETIME_SECONDS,
        workers_kill_timeout=KILL_SECONDS,
        log_dictconfig=settings.LOGGING,
    ).serve()
