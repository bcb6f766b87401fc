"""`tanzhi migrate`, `serve`, `check-deploy`, `manage`."""

from __future__ import annotations

import socket
from typing import Annotated

import typer

from tanzhi.rulebook.kernel.text import Text, in_language

from .ground import database, private_files, set_up
from .serving import refuse_too_many_connections, run_server, server_size
from .speaking import FROM_SYSTEM, NOT_READY, REFUSED, Language, Stopped, speak, stop

LOOPBACK = "127.0.0.1"
MOST = 65535
PORT_IN_USE = Text(
    "端口 {port} 已被占用；可换一个：make demo PORT={other}（或 --port {other}）",
    "port {port} is in use; take another: make demo PORT={other} (or --port {other})",
)
CREATED = Text(
    "已建立数据库 {database}：{count} 项结构已就绪",
    "created the database {database}: {count} migrations applied",
)
MIGRATED = Text(
    "已更新数据库 {database}：完成 {count} 项结构更新",
    "updated the database {database}: {count} migrations applied",
)
UP_TO_DATE = Text(
    "数据库 {database} 的结构已是最新，没有改动",
    "the database {database} is up to date; nothing was changed",
)
DEPLOYED = Text("部署检查通过（{count} 项）", "the installation is as it should be ({count} checks)")
SIZE = Text("{workers} 个进程，每个 {threads} 个线程", "{workers} processes of {threads} threads each")


_ALTERED = Text(
    "数据行与存证不符，更新会掩盖改动：{rows}；先从备份恢复，或查明后运行 tanzhi evidence accept",
    "rows are not as the log says, and a migration would hide it: {rows}; restore a backup, or once it is clear why, "
    "run `tanzhi evidence accept`",
)


def migrate(language: Language = FROM_SYSTEM) -> None:
    """建立或更新数据库结构 / Create or update the database."""
    private_files()
    with database(language, migrated=False):
        from django.core.management import call_command
        from django.db import connection
        from django.db.migrations.executor import MigrationExecutor

        from tanzhi.evidence.taking_up import RowsAltered, migrating

        empty = not MigrationExecutor(connection).loader.applied_migrations
        planned = planned_migrations()
        try:
            with migrating(planned):
                call_command("migrate", interactive=False, verbosity=0)
        except RowsAltered as altered:
            rows = ", ".join(fault.place for fault in altered.faults)
            raise Stopped("CLI-ALTERED", _ALTERED.format(rows=rows), REFUSED) from None
        words = MIGRATED if planned else UP_TO_DATE
        # The database as people call it, without its password: a file, or host and name.
        named = connection.settings_dict
        speak(
            (CREATED if empty else words).format(
                database=str(named["NAME"])
                if connection.vendor == "sqlite"
                else f"{named['HOST'] or 'localhost'}/{named['NAME']}",
                count=len(planned),
            ),
            language,
        )


def planned_migrations() -> list[str]:
    """What is not applied yet, by name."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return [f"{m.app_label}.{m.name}" for m, _ in executor.migration_plan(executor.loader.graph.leaf_nodes())]


def serve(
    *,
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    host: Annotated[str, typer.Option(help="监听地址，默认仅本机 / where to listen, by default loopback")] = "",
    workers: Annotated[int, typer.Option(min=0, help="进程数，0 为自动 / processes, 0: by cores and database")] = 0,
    threads: Annotated[int, typer.Option(min=0, help="每进程线程数，0 为自动 / threads of each, 0: 4")] = 0,
    language: Language = FROM_SYSTEM,
) -> None:
    """提供网页，默认仅本机 / Serve the pages, by default on loopback; put a server for HTTPS in front."""
    listen = host or LOOPBACK
    private_files()
    refuse_port_in_use(port, language)
    with database(language):
        size = server_size(workers, threads)
        refuse_too_many_connections(size)
        collect_static()
        speak(Text("http://{host}:{port}/", "http://{host}:{port}/").format(host=listen, port=port), language)
        speak(SIZE.format(workers=size.workers, threads=size.threads), language)
        run_server(listen, port, size)


def refuse_port_in_use(port: int, language: str) -> None:
    """Said before any work is done, with what to do."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            other = port + 1 if port < MOST else port - 1
            stop(Stopped("CLI-PORT", PORT_IN_USE.format(port=port, other=other), NOT_READY), language)


def collect_static() -> None:
    """Assets out of the installed packages into the folder that whitenoise serves."""
    from django.core.management import call_command

    call_command("collectstatic", interactive=False, verbosity=0)


def check_deploy(language: Language = FROM_SYSTEM) -> None:
    """检查部署设置 / Check an installation that others can reach: settings, database, worker, keys, files, clients."""
    with database(language, migrated=False):
        from .deployment_checks import CHECKS, findings

        named = findings()
        for code, message in named:
            typer.echo(f"{code}: {in_language(message, language)}", err=True)
        if named:
            raise typer.Exit(REFUSED)
        speak(DEPLOYED.format(count=len(CHECKS)), language)


def manage(context: typer.Context) -> None:
    """Django 管理命令 / Pass a command on to Django, e.g. `tanzhi manage dbshell`."""
    set_up()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["tanzhi manage", *context.args])
