"""`tanzhi backup` and `tanzhi restore`: database, stored files and keys in one archive with digests."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from tanzhi.rulebook.kernel.text import Text

from .ground import database
from .speaking import FROM_SYSTEM, REFUSED, Language, Stopped, speak

FORMAT = "tanzhi-backup-1"
MANIFEST = "manifest.json"
DATABASE = "database"
KEPT = ("files", "keys", "secret-key")


def backup(
    file: Annotated[Path, typer.Argument(help="新的 .tar.gz 文件 / a new .tar.gz file")],
    language: Language = FROM_SYSTEM,
) -> None:
    """备份：数据库、文件与密钥 / One archive: a consistent copy of the database, stored files, keys."""
    with database(language), tempfile.TemporaryDirectory() as place:
        if file.exists():
            raise Stopped("CLI-EXISTS", _EXISTS.format(file=file))
        copied = Path(place) / DATABASE
        _copy_database(copied)
        waiting = file.with_name(f"{file.name}.part")
        _pack(waiting, copied)
        os.replace(waiting, file)
        speak(_BACKED_UP.format(file=file, size=file.stat().st_size), language)


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 / the archive")],
    *,
    force: Annotated[bool, typer.Option("--force", help="覆盖现有数据 / replace what is there")] = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """恢复备份并核验存证 / Restore an archive, then verify the evidence log."""
    with database(language, migrated=False), tempfile.TemporaryDirectory() as place:
        unpacked = Path(place)
        manifest = _unpack(file, unpacked)
        if not force and _occupied():
            raise Stopped("CLI-OCCUPIED", _OCCUPIED, REFUSED)
        _replace(unpacked, manifest)
        from tanzhi.evidence.checking import verify

        report = verify()
        if not report.intact:
            raise Stopped("CLI-EVIDENCE", _NOT_INTACT.format(place=report.faults[0].place), REFUSED)
        speak(_RESTORED.format(file=file, size=report.size, root=report.root), language)


# --- database -------------------------------------------------------------------------------------


def _settings() -> dict[str, Any]:
    from django.db import connection

    return dict(connection.settings_dict) | {"vendor": connection.vendor}


def _copy_database(place: Path) -> None:
    """SQLite by its online backup, PostgreSQL by pg_dump: both consistent while others write."""
    chosen = _settings()
    if chosen["vendor"] != "sqlite":
        _postgresql("pg_dump", "--format=custom", "--no-owner", f"--file={place}", f"--dbname={chosen['NAME']}")
        return
    source, target = sqlite3.connect(chosen["NAME"]), sqlite3.connect(place)
    try:
        source.backup(target)
    finally:
        source.close()
        target.close()


def _postgresql(*command: str) -> None:
    chosen = _settings()
    named = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    told = {variable: str(chosen[key]) for variable, key in named.items() if chosen[key]}
    try:
        subprocess.run(command, check=True, env=os.environ | told, capture_output=True)  # noqa: S603  # our own words, no shell
    except FileNotFoundError:
        raise Stopped("CLI-PROGRAM", _NO_PROGRAM.format(found=command[0]), 5) from None
    except subprocess.CalledProcessError as failed:
        raise Stopped("CLI-DATABASE", _FAILED.format(found=failed.stderr.decode(errors="replace").strip()), 5) from None


def _occupied() -> bool:
    """Whether the target holds anything that a restore would destroy; a database just migrated is empty."""
    from django.conf import settings
    from django.db import connection

    files = Path(settings.VAR) / "files"
    if files.is_dir() and any(files.iterdir()):
        return True
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if "evidence_entry" not in tables:
            return bool(tables)
        cursor.execute("SELECT EXISTS (SELECT 1 FROM evidence_entry)")
        row = cursor.fetchone()
    return bool(row and row[0])


def _replace(unpacked: Path, manifest: dict[str, Any]) -> None:
    from django.conf import settings
    from django.db import connections

    chosen = _settings()
    if manifest["database"] != chosen["vendor"]:
        raise Stopped(
            "CLI-ENGINE", _OTHER_ENGINE.format(found=manifest["database"], expected=chosen["vendor"]), REFUSED
        )
    connections.close_all()
    if chosen["vendor"] == "sqlite":
        _replace_sqlite(unpacked / DATABASE, Path(chosen["NAME"]))
    else:
        restoring = ("pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction")
        _postgresql(*restoring, f"--dbname={chosen['NAME']}", str(unpacked / DATABASE))
    for name in KEPT:
        _put(unpacked / name, Path(settings.VAR) / name)


def _replace_sqlite(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    for beside in ("-wal", "-shm"):
        Path(f"{target}{beside}").unlink(missing_ok=True)
    shutil.move(source, target)


def _put(source: Path, target: Path) -> None:
    if not source.exists():
        return
    if target.is_dir():
        shutil.rmtree(target)
    shutil.move(source, target)


# --- archive --------------------------------------------------------------------------------------


def _pack(archive: Path, copied: Path) -> None:
    from django.conf import settings

    from tanzhi.rulebook.kernel import release

    members = [(DATABASE, copied), *_members(Path(settings.VAR))]
    manifest = {
        "format": FORMAT,
        "database": _settings()["vendor"],
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "release": str(release()),
        "sha256": {name: _digest(path) for name, path in members},
    }
    content = json.dumps(manifest, indent=1).encode()
    with archive.open("xb") as raw, tarfile.open(fileobj=raw, mode="w:gz") as packed:
        os.fchmod(raw.fileno(), 0o600)  # keys are inside
        described = tarfile.TarInfo(MANIFEST)
        described.size = len(content)
        packed.addfile(described, io.BytesIO(content))
        for name, path in members:
            packed.add(path, name, recursive=False)


def _members(var: Path) -> Iterator[tuple[str, Path]]:
    for name in KEPT:
        top = var / name
        found = sorted(top.rglob("*")) if top.is_dir() else [top]
        yield from ((path.relative_to(var).as_posix(), path) for path in found if path.is_file())


def _unpack(file: Path, place: Path) -> dict[str, Any]:
    """The archive's content with every digest checked; links and paths that lead out are refused."""
    try:
        with tarfile.open(file, "r:gz") as packed:
            packed.extractall(place, filter="data")
        manifest: dict[str, Any] = json.loads((place / MANIFEST).read_text("utf-8"))
        digests = dict(manifest["sha256"])
    except FileNotFoundError:
        raise Stopped("CLI-FILE", _NO_FILE.format(file=file)) from None
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as fault:
        raise Stopped("CLI-ARCHIVE", _NO_ARCHIVE.format(file=file, found=str(fault) or type(fault).__name__)) from None
    for name, digest in digests.items():
        if not (place / name).is_file() or _digest(place / name) != digest:
            raise Stopped("CLI-DIGEST", _ALTERED.format(file=file, found=name))
    return manifest


def _digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


_EXISTS = Text("{file} 已存在，不予覆盖", "{file} exists already and is not overwritten")
_BACKED_UP = Text(
    "已备份至 {file}（{size} 字节）；内含密钥，请妥善保管",
    "backed up to {file} ({size} bytes); it holds keys: keep it safe",
)
_OCCUPIED = Text("目标已有数据：确要替换请加 --force", "the target holds data already: add --force to replace it")
_NOT_INTACT = Text("已恢复，但存证核验未通过：{place}", "restored, but the evidence log does not verify: {place}")
_RESTORED = Text(
    "已从 {file} 恢复；存证 {size} 条完好，树根 {root}",
    "restored from {file}; {size} entries of evidence intact, root {root}",
)
_NO_PROGRAM = Text("缺少程序 {found}（PostgreSQL 客户端）", "program {found} is missing (PostgreSQL client)")
_FAILED = Text("数据库复制失败：{found}", "copying the database failed: {found}")
_OTHER_ENGINE = Text(
    "备份来自 {found}，本机为 {expected}", "the archive is of {found}, this installation is {expected}"
)
_NO_FILE = Text(
    "{file}：没有这个文件；应为 tanzhi backup 的备份", "{file}: no such file; expected an archive of `tanzhi backup`"
)
_NO_ARCHIVE = Text("{file}：不是完整的备份（{found}）", "{file}: not a complete archive ({found})")
_ALTERED = Text("{file}：其中 {found} 与清单摘要不符", "{file}: {found} in it does not match the manifest's digest")
