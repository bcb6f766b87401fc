"""Signs of life: each process of the worker renews its row every few seconds, under a name that it never had before."""

from __future__ import annotations

import os
import secrets
import socket
import threading
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from .models import WorkerBeat

BEAT_EVERY_SECONDS = 5.0
FORGET_AFTER = timedelta(days=1)
NAME = "TANZHI_WORKER_NAME"  # set by the worker for the process that it starts


def new_name(kind: str) -> str:
    """Host and process are for people who look; the rest makes it this process' own, for ever."""
    return f"{socket.gethostname()[:40]}:{os.getpid()}:{kind}:{secrets.token_hex(4)}"


def own_name() -> str:
    """The name of the process that runs jobs; empty where a job is run by hand."""
    return os.environ.get(NAME, "")


def beat(worker: str, kind: str, fault: str = "") -> None:
    """I am alive; `fault`: the code of what stops me in my duty all the same."""
    now = timezone.now()
    if not WorkerBeat.objects.filter(worker=worker).update(at=now, fault=fault):
        WorkerBeat.objects.create(worker=worker, kind=kind, begun_at=now, at=now, fault=fault)
        WorkerBeat.objects.filter(at__lt=now - FORGET_AFTER).delete()


def stop_beating(worker: str) -> None:
    WorkerBeat.objects.filter(worker=worker).delete()


def beat_until(stopping: threading.Event, worker: str, kind: str) -> None:
    """For a thread of its own beside long work; a database that is busy or gone is tried again at the next beat."""
    from django.db import Error

    while True:
        try:
            beat(worker, kind)
        except Error:
            connection.close()
        if stopping.wait(BEAT_EVERY_SECONDS):
            break
    connection.close()
