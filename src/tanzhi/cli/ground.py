"""Sets Django up, for the commands that need the database, and says what is missing or broken where it cannot."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .databases import UNSOUND
from .restoring import settle_restore
from .soundness import refuse_unreadable
from .speaking import NOT_READY, REFUSED, Stopped, stop

NO_DATABASE = Text("数据库无法使用：{found}", "the database cannot be used: {found}")
UNMIGRATED = Text(
    "数据库缺少 {count} 项结构更新：请先运行 tanzhi migrate",
    "the database lacks {count} migrations: run `tanzhi migrate` first",
)
RUNNING = Text(
    "本套系统正在使用（{users}）：请先停止网页服务、后台进程与其他命令",
    "this installation is in use ({users}): stop its servers, workers and other commands first",
)
BEING_RESTORED = Text(
    "正在恢复备份（{users}），请待其完成", "a backup is being restored ({users}): wait until it is done"
)
SETTLED_NEW = Text("上次恢复已完成：恢复的数据生效", "a restore that was cut off is finished: the restored data stand")
SETTLED_OLD = Text(
    "上次恢复中断，已复原：原有数据未变", "a restore that was cut off is undone: the data stand as before it"
)


def set_up() -> None:
    """Django with the installation's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
    import django

    gc.disable()  # what is loaded stays: looking through it for garbage takes a tenth of a start
    try:
        django.setup()
    finally:
        gc.enable()


def private_files() -> None:
    """What this process and its children write is for its own user alone: database, files, keys."""
    os.umask(0o077)


@contextmanager
def database(language: str, *, migrated: bool = True, alone: bool = False) -> Iterator[None]:
    """Everything inside may ask the database; whatever is refused there is said and ends the command.

    `alone`: nobody else may use the installation meanwhile; otherwise all but a restore may.
    """
    set_up()
    from django.db import DatabaseError, DataError, OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor
    from django.utils.translation import override

    from tanzhi.actions.refusal import Refused

    try:
        with use_of_installation(language, alone=alone):
            executor = MigrationExecutor(connection) if migrated else None
            if executor and (waiting := executor.migration_plan(executor.loader.graph.leaf_nodes())):
                raise Stopped("CLI-MIGRATE", UNMIGRATED.format(count=len(waiting)), NOT_READY)
            with override("en" if language == "en" else "zh-hans"):
                yield
    except Stopped as stopped:
        stop(stopped, language)
    except Refused as refused:
        exit_code = 4 if refused.status == 404 else REFUSED
        stop(Stopped(refused.code, refused.message, exit_code), language)
    except DatabaseError as fault:
        if type(fault) not in (DatabaseError, OperationalError, DataError):
            raise  # a constraint or a wrong statement: a fault of the program, not of the file
        _stop_at_fault(fault, language)
    except (ValueError, TypeError, AttributeError) as fault:
        _stop_at_fault(fault, language)


@contextmanager
def use_of_installation(language: str, *, alone: bool = False) -> Iterator[None]:
    """Hold the installation's lock; what a restore left behind that was cut off is settled before anything else."""
    from django.conf import settings

    from tanzhi.web.occupancy import RESTORING, Occupied, occupy

    folder = Path(settings.VAR)
    try:
        while (folder / RESTORING).exists():
            handle = occupy(folder, alone=True)
            try:
                if (folder / RESTORING).exists():  # nobody else was quicker
                    words = SETTLED_NEW if settle_restore(folder / RESTORING) else SETTLED_OLD
                    typer.echo(in_language(words, language), err=True)
            finally:
                os.close(handle)
        handle = occupy(folder, alone=alone)
    except Occupied as occupied:
        words, users = (RUNNING if alone else BEING_RESTORED), "; ".join(occupied.users) or "?"
        raise Stopped("CLI-RUNNING", words.format(users=users), REFUSED) from None
    try:
        yield
    finally:
        os.close(handle)


def _stop_at_fault(fault: Exception, language: str) -> NoReturn:
    """End with the cell or page of the database that is to blame; a fault of the program itself is raised on."""
    from django.db import DatabaseError, connection

    try:
        refuse_unreadable()
    except Stopped as stopped:
        stop(stopped, language)
    except DatabaseError as unreadable:
        fault = unreadable
    if not isinstance(fault, DatabaseError):
        raise fault
    words = str(fault).strip()
    if connection.vendor == "sqlite":
        stop(
            Stopped("CLI-DATABASE", UNSOUND.format(file=connection.settings_dict["NAME"], found=words), NOT_READY),
            language,
        )
    stop(Stopped("CLI-DATABASE", NO_DATABASE.format(found=words), NOT_READY), language)
