"""The process in which the worker runs jobs (`python -m tanzhi.cli.job_process`): never alone, and with a sign of life.

It ends by itself when the worker that began it is gone: first it finishes the job at hand.
"""

from __future__ import annotations

import os
import signal
import threading

from .ground import set_up

LOOK_EVERY_SECONDS = 2.0


def main() -> None:
    set_up()
    from django.core.management import call_command

    from tanzhi.actions.beats import beat_until, new_name, own_name, stop_beating
    from tanzhi.actions.models import WorkerBeat

    parent, stopping = os.getppid(), threading.Event()
    name = own_name() or new_name(WorkerBeat.JOBS)
    beating = threading.Thread(target=beat_until, args=(stopping, name, WorkerBeat.JOBS), daemon=True)
    beating.start()
    threading.Thread(target=_end_with, args=(parent, stopping), daemon=True).start()
    try:
        call_command("db_worker", queue_name="*", worker_id=name[:64], startup_delay=False)
    finally:
        stopping.set()
        beating.join(LOOK_EVERY_SECONDS)
        stop_beating(name)


def _end_with(parent: int, stopping: threading.Event) -> None:
    """When the parent is gone, ask this process to end as the parent would have."""
    while not stopping.wait(LOOK_EVERY_SECONDS):
        if os.getppid() != parent:
            os.kill(os.getpid(), signal.SIGTERM)
            return


if __name__ == "__main__":
    main()
