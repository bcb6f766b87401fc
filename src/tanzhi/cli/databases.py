"""The installation's database as a thing that is copied, loaded beside the present one, and exchanged for it."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import quote, urlsplit

from tanzhi.rulebook.kernel.text import Text

from .speaking import NOT_READY, REFUSED, Stopped

LEAVING = 15  # times that sessions are counted: one that was just closed is still there for a moment
LONGEST_NAME = 63  # of a database on PostgreSQL
LIBPQ = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}  # names, no secrets
LIBPQ_OPTIONS = {"sslmode": "PGSSLMODE", "sslrootcert": "PGSSLROOTCERT", "sslcert": "PGSSLCERT", "sslkey": "PGSSLKEY"}

UNSOUND = Text("{file}：数据库文件已损坏（{found}）", "{file}: the database file is damaged ({found})")
NO_PROGRAM = Text("缺少程序 {found}（PostgreSQL 客户端）", "program {found} is missing (PostgreSQL client)")
FAILED = Text("{program} 失败：{found}", "{program} failed: {found}")
NO_CREATEDB = Text(
    "恢复在旁边的新数据库中进行，用户 {user} 须有建库权：ALTER ROLE {user} CREATEDB",
    "a restore is made in a new database beside the present one, for which user {user} needs the right:"
    " ALTER ROLE {user} CREATEDB",
)
SESSIONS = Text(
    "数据库 {name} 尚有 {count} 个连接：请先停止网页服务与后台进程",
    "{count} sessions use database {name}: stop its servers and workers first",
)


class Database(Protocol):
    """What a backup needs of a kind of database."""

    vendor: str

    def copy_to(self, file: Path) -> None:
        """A consistent copy, also while others write."""

    def load(self, file: Path, name: str) -> str:
        """Load a copy into a new database (SQLite: `file` itself is one); gives its address."""

    def drop(self, name: str) -> None:
        """Remove a database that `load` made; no word if there is none."""

    def refuse_users(self) -> None:
        """Refuse while anybody is connected, where the database can tell."""


def present_database() -> Database:
    from django.db import connection

    settings = connection.settings_dict
    return SqliteFile(Path(settings["NAME"])) if connection.vendor == "sqlite" else PostgresqlServer(settings)


class SqliteFile:
    """A database that is one file."""

    vendor = "sqlite"

    def __init__(self, file: Path) -> None:
        self.file = file

    def copy_to(self, file: Path) -> None:
        try:
            with _closing(self.file) as source, _closing(file) as target:
                source.backup(target)
                refuse_unsound(target, self.file)
        except sqlite3.Error as fault:
            raise Stopped("CLI-DATABASE", UNSOUND.format(file=self.file, found=fault), NOT_READY) from None

    def load(self, file: Path, name: str) -> str:
        try:
            with _closing(file) as database:
                refuse_unsound(database, file)
        except sqlite3.Error as fault:
            raise Stopped("CLI-DATABASE", UNSOUND.format(file=file, found=fault), NOT_READY) from None
        return f"sqlite:///{quote(str(file))}"

    def drop(self, name: str) -> None:
        """A file goes with its folder."""

    def refuse_users(self) -> None:
        """A file knows no sessions; the installation's lock does."""


@contextmanager
def _closing(file: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(file)
    try:
        yield connection
    finally:
        connection.close()


def refuse_unsound(database: sqlite3.Connection, file: Path) -> None:
    """SQLite's own check of every page, index and row."""
    pages = [str(row[0]) for row in database.execute("PRAGMA integrity_check(3)")]
    if pages != ["ok"]:
        raise Stopped("CLI-DATABASE", UNSOUND.format(file=file, found="; ".join(pages)), NOT_READY)


class PostgresqlServer:
    """A database of a server: copied by pg_dump, loaded by pg_restore into a database of its own."""

    vendor = "postgresql"

    def __init__(self, settings: dict[str, Any]) -> None:
        self.settings, self.name = settings, str(settings["NAME"])

    def copy_to(self, file: Path) -> None:
        self._program("pg_dump", "--format=custom", "--no-owner", f"--file={file}", f"--dbname={self.name}")

    def load(self, file: Path, name: str) -> str:
        self._create(name)
        restoring = ("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction")
        self._program(*restoring, f"--dbname={name}", str(file))
        address = os.environ.get("TANZHI_DATABASE", "")
        return urlsplit(address)._replace(path=f"/{quote(name)}").geturl()

    def drop(self, name: str) -> None:
        from psycopg import sql

        with self._server() as server:
            server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def refuse_users(self) -> None:
        with self._server() as server:
            statement = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
            for _ in range(LEAVING):
                row = server.execute(statement, [self.name]).fetchone()
                if not row[0]:
                    return
                time.sleep(0.2)
        raise Stopped("CLI-RUNNING", SESSIONS.format(name=self.name, count=row[0]), REFUSED)

    def exists(self, name: str) -> bool:
        with self._server() as server:
            return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def rename(self, *pairs: tuple[str, str]) -> None:
        """All of these, or none."""
        from psycopg import sql

        with self._server() as server, server.transaction():
            for name, new in pairs:
                server.execute(
                    sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(name), sql.Identifier(new))
                )

    def _create(self, name: str) -> None:
        """Empty, in the encoding and order of words of the present one."""
        from psycopg import errors, sql

        with self._server() as server:
            like = "SELECT pg_encoding_to_char(encoding), datcollate, datctype FROM pg_database WHERE datname = %s"
            row = server.execute(like, [self.name]).fetchone() or ("UTF8", "C", "C")
            creating = "CREATE DATABASE {} TEMPLATE template0 ENCODING {} LC_COLLATE {} LC_CTYPE {}"
            words = [sql.Identifier(name), *map(sql.Literal, row)]
            try:
                server.execute(sql.SQL(creating).format(*words))
            except errors.InsufficientPrivilege:
                raise Stopped("CLI-CREATEDB", NO_CREATEDB.format(user=self.settings["USER"]), NOT_READY) from None

    @contextmanager
    def _server(self) -> Iterator[Any]:
        """A session at the server, in no database of ours; renaming and dropping need that."""
        import psycopg

        options = {key: value for key, value in self.settings.get("OPTIONS", {}).items() if key in LIBPQ_OPTIONS}
        named = {key.lower(): self.settings[key] for key in LIBPQ if self.settings[key]}
        try:
            with psycopg.connect(dbname="postgres", autocommit=True, **named, **options) as server:
                yield server
        except psycopg.Error as fault:
            words = FAILED.format(program="PostgreSQL", found=re.sub(r"\s+", " ", str(fault)))
            raise Stopped("CLI-DATABASE", words, NOT_READY) from None

    def _program(self, *command: str) -> None:
        named = {variable: str(self.settings[key]) for key, variable in LIBPQ.items() if self.settings[key]}
        options = self.settings.get("OPTIONS", {})
        named |= {variable: str(options[key]) for key, variable in LIBPQ_OPTIONS.items() if key in options}
        try:
            subprocess.run(command, check=True, env=os.environ | named, capture_output=True)  # noqa: S603  # our own words, no shell
        except FileNotFoundError:
            raise Stopped("CLI-PROGRAM", NO_PROGRAM.format(found=command[0]), NOT_READY) from None
        except subprocess.CalledProcessError as failed:
            reason = failed.stderr.decode(errors="replace").strip()
            raise Stopped("CLI-DATABASE", FAILED.format(program=command[0], found=reason), NOT_READY) from None


class RenamedDatabases:
    """The present database of a server and the restored one beside it, exchanged by the server in one transaction."""

    def __init__(self, server: PostgresqlServer, new: str, old: str) -> None:
        self.server, self.new, self.old = server, new, old

    def exchange(self) -> None:
        self.server.rename((self.server.name, self.old), (self.new, self.server.name))

    def exchanged(self) -> bool:
        return self.server.exists(self.old) and not self.server.exists(self.new)

    def drop_new(self) -> None:
        self.server.drop(self.new)

    def drop_old(self) -> None:
        self.server.drop(self.old)
