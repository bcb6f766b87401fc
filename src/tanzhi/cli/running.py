"""`tanzhi migrate`, `serve`, `worker`, `check-deploy`, `manage`."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import threading
from datetime import date
from types import FrameType
from typing import Annotated

import typer

from tanzhi.rulebook.kernel.text import Text

from .ground import database, set_up
from .speaking import FROM_SYSTEM, NOT_READY, Language, Stopped, speak, stop

LOOPBACK = "127.0.0.1"
MOST = 65535
SEAL_EVERY_SECONDS = 1.0
TASKS = (sys.executable, "-m", "django", "db_worker", "--queue-name", "*")


def migrate(language: Language = FROM_SYSTEM) -> None:
    """建立或更新数据库结构 / Create or update the database."""
    with database(language, migrated=False):
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        speak(Text("数据库结构已是最新", "the database is up to date"), language)


def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="监听地址，默认仅本机 / where to listen, by default loopback")] = "",
    language: Language = FROM_SYSTEM,
) -> None:
    """提供网页，默认仅本机 / Serve the pages, by default on loopback; put a server for HTTPS in front."""
    listen = host or LOOPBACK
    refuse_port_in_use(port, language)
    with database(language):
        collect_static()
        from granian import Granian
        from granian.constants import Interfaces

        speak(Text("http://{host}:{port}/", "http://{host}:{port}/").format(host=listen, port=port), language)
        Granian("tanzhi.web.wsgi:application", address=listen, port=port, interface=Interfaces.WSGI).serve()


def refuse_port_in_use(port: int, language: str) -> None:
    """Said before any work is done, with what to do."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            other = port + 1 if port < MOST else port - 1
            stop(Stopped("CLI-PORT", _PORT.format(port=port, other=other), NOT_READY), language)


def collect_static() -> None:
    """Assets out of the installed packages into the folder that whitenoise serves."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def worker(language: Language = FROM_SYSTEM) -> None:
    """办理后台任务并封存存证 / Run jobs, and seal the evidence log every second; ends cleanly on SIGTERM."""
    with database(language):
        stopping = threading.Event()

        def end(number: int, frame: FrameType | None) -> None:
            stopping.set()

        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, end)
        _work(stopping)


def _work(stopping: threading.Event) -> None:
    jobs, rounds = subprocess.Popen(TASKS), Rounds()  # noqa: S603  # a constant
    try:
        while not stopping.wait(SEAL_EVERY_SECONDS):
            seal_once()
            rounds.once_a_day()
            if jobs.poll() is not None:
                raise Stopped("CLI-WORKER", _JOBS_ENDED.format(found=jobs.returncode), NOT_READY)
    finally:
        jobs.terminate()
        jobs.wait()
    seal_once()


def seal_once() -> None:
    """Seal what waits; a busy database is tried again the next second, a log that must not be sealed says why."""
    from django.db import OperationalError

    from tanzhi.evidence.faults import LogFault
    from tanzhi.evidence.models import Entry
    from tanzhi.evidence.sealer import seal

    try:
        if Entry.objects.filter(leaf_index__isnull=True).exists():
            seal()
    except OperationalError as busy:
        typer.echo(f"CLI-BUSY: {busy}", err=True)
    except LogFault as fault:
        typer.echo(str(fault), err=True)


class Rounds:
    """What the worker does once a day: reminders of deadlines, a check of the ledger."""

    def __init__(self) -> None:
        self.done: date | None = None

    def once_a_day(self) -> None:
        """The first second of a day's work, and again the next day; a busy database is tried again the next second."""
        from django.db import OperationalError

        from tanzhi.actions import clock
        from tanzhi.cases.notice_actions import remind_if_due
        from tanzhi.registry.check_actions import check_if_due

        if self.done == clock.today():
            return
        try:
            remind_if_due()
            check_if_due(clock.today())
            self.done = clock.today()
        except OperationalError as busy:
            typer.echo(f"CLI-BUSY: {busy}", err=True)


def check_deploy(language: Language = FROM_SYSTEM) -> None:
    """检查部署设置 / Check the settings of an installation that others can reach."""
    with database(language, migrated=False):
        from django.core.management import CommandError, call_command

        try:
            call_command("check", deploy=True, fail_level="WARNING")
        except CommandError as found:
            typer.echo(str(found), err=True)
            raise typer.Exit(1) from None


def manage(context: typer.Context) -> None:
    """Django 管理命令 / Pass a command on to Django, e.g. `tanzhi manage dbshell`."""
    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tanzhi manage", *context.args])


_PORT = Text(
    "端口 {port} 已被占用；可换一个：make demo PORT={other}（或 --port {other}）",
    "port {port} is in use; take another: make demo PORT={other} (or --port {other})",
)
_JOBS_ENDED = Text("后台任务进程已退出（{found}）", "the job process has ended ({found})")
