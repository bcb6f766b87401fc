"""Sets Django up, for the commands that need the database, and says what is missing where it cannot."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tanzhi.rulebook.kernel.text import Text

from .speaking import NOT_READY, REFUSED, Stopped, stop


def set_up() -> None:
    """Django with the installation's settings."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
    import django

    django.setup()


@contextmanager
def database(language: str, *, migrated: bool = True) -> Iterator[None]:
    """Everything inside may ask the database; whatever is refused there is said and ends the command."""
    set_up()
    from django.utils.translation import override

    from tanzhi.actions.refusal import Refused

    try:
        if migrated:
            _refuse_unmigrated()
        with override("en" if language == "en" else "zh-hans"):
            yield
    except Stopped as stopped:
        stop(stopped, language)
    except Refused as refused:
        exit_code = 4 if refused.status == 404 else REFUSED
        stop(Stopped(refused.code, refused.message, exit_code), language)


def _refuse_unmigrated() -> None:
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as fault:
        raise Stopped("CLI-DATABASE", _NO_DATABASE.format(found=str(fault).strip()), NOT_READY) from None
    if waiting:
        raise Stopped("CLI-MIGRATE", _UNMIGRATED.format(count=len(waiting)), NOT_READY)


_NO_DATABASE = Text("数据库无法打开：{found}", "the database cannot be opened: {found}")
_UNMIGRATED = Text(
    "数据库缺少 {count} 项结构更新：请先运行 tanzhi migrate",
    "the database lacks {count} migrations: run `tanzhi migrate` first",
)
