"""`tanzhi backup` and `tanzhi restore`: database, stored files and keys in one archive with digests."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Annotated, Any

import typer

from tanzhi.rulebook.kernel.text import Text

from .databases import PostgresqlServer, present_database
from .ground import database
from .restoring import BELONGINGS, DATABASE, KEYS, settle_restore, stage
from .speaking import FROM_SYSTEM, REFUSED, Language, Stopped, speak
from .swap import swap

FORMAT = "tanzhi-backup-1"
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 2**26
DATED = "tanzhi-%Y%m%dT%H%M%SZ.tar.gz"
IS_DATED = re.compile(r"tanzhi-\d{8}T\d{6}Z\.tar\.gz")
CHUNK = 2**20

EXISTS = Text("{file} 已存在，不予覆盖", "{file} exists already and is not overwritten")
NO_PLACE = Text("请写明备份文件或目录，或用 --drill", "name a file or folder for the backup, or use --drill")
NO_FOLDER = Text("--keep 只用于目录，{file} 不是目录", "--keep is for a folder of backups; {file} is not a folder")
BACKED_UP = Text(
    "已备份至 {file}（{size} 字节）；内含密钥，请妥善保管",
    "backed up to {file} ({size} bytes); it holds keys: keep it safe",
)
ROTATED = Text("已删除旧备份 {file}", "removed the old backup {file}")
OCCUPIED = Text("目标已有数据：确要替换请加 --force", "the target holds data already: add --force to replace it")
NOT_SOUND = Text(
    "{file}：恢复出的数据未通过核验，原有数据未变：{found}",
    "{file}: what it restores does not verify, and the present data are untouched: {found}",
)
RESTORED = Text(
    "已从 {file} 恢复；存证 {size} 条完好，树根 {root}",
    "restored from {file}; {size} entries of evidence intact, root {root}",
)
DRILLED = Text(
    "演练通过：{file} 可恢复；存证 {size} 条完好，树根 {root}；账簿 {transfers} 笔转移相符",
    "the drill passed: {file} can be restored; {size} entries of evidence intact, root {root};"
    " {transfers} transfers of the books agree",
)
OTHER_ENGINE = Text("备份来自 {found}，本机为 {expected}", "the archive is of {found}, this installation is {expected}")
NO_FILE = Text(
    "{file}：没有这个文件；应为 tanzhi backup 的备份", "{file}: no such file; expected an archive of `tanzhi backup`"
)
NO_ARCHIVE = Text("{file}：不是完整的备份（{found}）", "{file}: not a complete archive ({found})")
FOREIGN = Text(
    "{file}：其中 {found} 不是备份的内容（链接、设备或在外的路径）",
    "{file}: {found} in it belongs to no backup (a link, a device, or a path that leads out)",
)
ALTERED = Text("{file}：其中 {found} 与清单摘要不符", "{file}: {found} in it does not match the manifest's digest")
UNWRITABLE = Text("无法写入 {file}：{found}", "{file} cannot be written: {found}")

Place = Annotated[
    Path | None,
    typer.Argument(
        help="新的 .tar.gz 文件，或目录；演练可用已有备份 / a new .tar.gz file, or a folder; to drill, also an archive"
    ),
]
Drill = Annotated[
    bool, typer.Option("--drill", help="演练：恢复到临时处并核验 / restore it in a temporary place and verify it there")
]
Keep = Annotated[
    int, typer.Option("--keep", min=0, help="目录中只留最近几份，0 为全留 / how many to keep in the folder, 0: all")
]


def backup(place: Place = None, *, drill: Drill = False, keep: Keep = 0, language: Language = FROM_SYSTEM) -> None:
    """备份：数据库、文件与密钥 / One archive: a consistent copy of the database, stored files, keys."""
    ready = drill and place is not None and place.is_file()
    with database(language, migrated=not ready), tempfile.TemporaryDirectory() as temporary:
        from tanzhi.web.backups import note_backup

        if place is None and not drill:
            raise Stopped("CLI-PLACE", NO_PLACE, 2)
        if keep and not (place and place.is_dir()):
            raise Stopped("CLI-PLACE", NO_FOLDER.format(file=place or "–"), 2)
        folder = place if place and place.is_dir() else Path(temporary) if place is None else None
        archive = folder / datetime.now(UTC).strftime(DATED) if folder else place
        assert archive is not None  # a place was named or a folder chosen for it
        if not ready:
            size = _back_up(archive)
            if place is not None:
                note_backup(datetime.now(UTC), drilled=False)
                speak(BACKED_UP.format(file=archive, size=size), language)
        if drill:
            report = _drill(archive, Path(temporary) / "drill")
            if place is not None and not ready:
                note_backup(datetime.now(UTC), drilled=True)
            speak(DRILLED.format(file=archive, **_figures(report)), language)
        if keep and place:
            dated = sorted(file for file in place.iterdir() if IS_DATED.fullmatch(file.name))
            for old in dated[:-keep]:
                old.unlink()
                speak(ROTATED.format(file=old), language)


def restore(
    file: Annotated[Path, typer.Argument(help="备份文件 / the archive")],
    *,
    force: Annotated[bool, typer.Option("--force", help="覆盖现有数据 / replace what is there")] = False,
    language: Language = FROM_SYSTEM,
) -> None:
    """恢复备份：先在一旁核验，再整体替换 / Verify an archive beside the present data, then exchange them whole."""
    with database(language, migrated=False, alone=True):
        from django.conf import settings
        from django.db import connections

        from tanzhi.web.occupancy import RESTORING

        if not force and _holds_data():
            raise Stopped("CLI-OCCUPIED", OCCUPIED, REFUSED)
        for connection in connections.all(initialized_only=True):
            connection.close()
            getattr(connection, "close_pool", connection.close)()  # PostgreSQL's sessions outlive a close
        present_database().refuse_users()
        var = Path(settings.VAR)
        staged = stage(var, var / RESTORING)
        try:
            address = _load(file, staged.var, staged.databases.new if staged.databases else DATABASE)
            report = _verified(file, staged.var, address)
        except BaseException:
            settle_restore(staged.folder)
            raise
        try:
            swap(staged.folder, staged.databases)
        except OSError as fault:
            raise Stopped("CLI-WRITE", UNWRITABLE.format(file=fault.filename or var, found=fault.strerror)) from None
        speak(RESTORED.format(file=file, **_figures(report)), language)


# --- making ---------------------------------------------------------------------------------------


def _back_up(archive: Path) -> int:
    """Copy, pack, and only then give the archive its name; gives its size."""
    from django.conf import settings

    if archive.exists():
        raise Stopped("CLI-EXISTS", EXISTS.format(file=archive))
    waiting = archive.with_name(f"{archive.name}.part")
    try:
        # the copy of the database lies beside the archive: there is room for one if there is for the other
        with tempfile.TemporaryDirectory(dir=archive.parent, prefix=f".{archive.name}.") as place:
            var, beside = Path(settings.VAR), Path(place)
            # What changes while people work: the database's copy must hold the head signed last, and every key that
            # signed a head in it must be there, so that head is copied before the database, and the keys after.
            from tanzhi.evidence.keys import LAST_HEAD

            keys, pinned = beside / KEYS, var / KEYS / LAST_HEAD
            keys.mkdir()
            if pinned.exists():
                shutil.copy(pinned, keys)
            present_database().copy_to(beside / DATABASE)
            if (var / KEYS).is_dir():
                unfinished = ".*"  # `keys.replace_durably` writes beside and renames
                shutil.copytree(
                    var / KEYS, keys, ignore=shutil.ignore_patterns(LAST_HEAD, unfinished), dirs_exist_ok=True
                )
            _pack(waiting, beside, var)
        os.replace(waiting, archive)
    except OSError as fault:
        waiting.unlink(missing_ok=True)
        reason = fault.strerror or type(fault).__name__
        raise Stopped("CLI-WRITE", UNWRITABLE.format(file=fault.filename or archive, found=reason)) from None
    return archive.stat().st_size


def _pack(archive: Path, beside: Path, var: Path) -> None:
    """The manifest first, then every member: what was copied beside the archive, and what never changes."""
    from tanzhi.law.shipped import release

    members = [(DATABASE, beside / DATABASE)]
    for part in BELONGINGS:
        root = beside if part == KEYS else var
        top = root / part
        paths = sorted(top.rglob("*")) if top.is_dir() else [top]
        members += [(path.relative_to(root).as_posix(), path) for path in paths if path.is_file()]
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "database": present_database().vendor,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "release": release(),
        "sha256": {},
    }
    for name, path in members:
        with path.open("rb") as file:
            manifest["sha256"][name] = hashlib.file_digest(file, "sha256").hexdigest()
    content = json.dumps(manifest, indent=1).encode()
    archive.unlink(missing_ok=True)  # of a backup that was cut off
    with archive.open("xb") as raw:
        os.fchmod(raw.fileno(), 0o600)  # keys are inside
        with tarfile.open(fileobj=raw, mode="w:gz") as packed:
            described = tarfile.TarInfo(MANIFEST)
            described.size = len(content)
            packed.addfile(described, io.BytesIO(content))
            for name, path in members:
                packed.add(path, name, recursive=False)
        raw.flush()
        os.fsync(raw.fileno())


# --- bringing back --------------------------------------------------------------------------------


def _holds_data() -> bool:
    """Whether the target holds anything that a restore would destroy; a database just migrated is empty."""
    from django.conf import settings
    from django.db import DatabaseError, connection

    files = Path(settings.VAR) / "files"
    if files.is_dir() and any(files.iterdir()):
        return True
    try:
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
            if "evidence_entry" not in tables:
                return bool(tables)
            cursor.execute("SELECT EXISTS (SELECT 1 FROM evidence_entry)")
            row = cursor.fetchone()
    except DatabaseError:
        return True  # what cannot be read may still be worth something
    return bool(row and row[0])


def _load(file: Path, var: Path, name: str) -> str:
    """Unpack an archive as an installation in `var` with a database of that name; gives the database's address."""
    present = present_database()
    manifest = _unpack(file, var)
    if manifest["database"] != present.vendor:
        words = OTHER_ENGINE.format(found=manifest["database"], expected=present.vendor)
        raise Stopped("CLI-ENGINE", words, REFUSED)
    return present.load(var / DATABASE, name)


def _unpack(file: Path, var: Path) -> dict[str, Any]:
    """The archive's files by name, digested as they are written; whatever is no plain file of a backup is refused.

    `tarfile.extractall` is not asked: its filter that refuses such members is missing from Python 3.11.0 to 3.11.3.
    """
    if not file.is_file():
        raise Stopped("CLI-FILE", NO_FILE.format(file=file))
    digests: dict[str, str] = {}
    try:
        with tarfile.open(file, "r:gz") as packed:
            for member in packed:
                if member.isdir():
                    continue
                if not member.isreg() or not _belongs(member.name):
                    raise Stopped("CLI-ARCHIVE", FOREIGN.format(file=file, found=member.name))
                source = packed.extractfile(member)
                assert source is not None  # a regular file
                digests[member.name] = _write(source, var / member.name)
        content = (var / MANIFEST).read_bytes()
        manifest: dict[str, Any] = json.loads(content) if len(content) < LARGEST_MANIFEST else {}
        expected = dict(manifest["sha256"])
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError, TypeError) as fault:
        raise Stopped("CLI-ARCHIVE", NO_ARCHIVE.format(file=file, found=str(fault) or type(fault).__name__)) from None
    digests.pop(MANIFEST)
    for name in sorted(digests.keys() | expected.keys()):
        if digests.get(name) != expected.get(name):
            raise Stopped("CLI-DIGEST", ALTERED.format(file=file, found=name))
    (var / MANIFEST).unlink()
    return manifest


def _belongs(name: str) -> bool:
    """A relative name of one of a backup's parts that says only downwards."""
    parts = PurePosixPath(name).parts
    plain = bool(parts) and ".." not in parts and not name.startswith("/") and "\\" not in name and "\0" not in name
    return plain and (name in (MANIFEST, DATABASE, "secret-key") or (len(parts) > 1 and parts[0] in BELONGINGS))


def _write(source: Any, target: Path) -> str:
    target.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        while chunk := source.read(CHUNK):
            digest.update(chunk)
            out.write(chunk)
    return digest.hexdigest()


def _verified(file: Path, var: Path, address: str) -> dict[str, Any]:
    """Bring the restored database to this release's form and check all of it, in a process that sees nothing else."""
    environment = {**os.environ, "TANZHI_VAR": str(var), "TANZHI_DATABASE": address}
    for name in ("TANZHI_SECRET_KEY",) if (var / "secret-key").exists() else ():
        environment.pop(name, None)
    answer = _tanzhi(environment, "check", "--json")
    if "CLI-MIGRATE" in answer.stderr:  # an archive of an older release
        _tanzhi(environment, "migrate")
        answer = _tanzhi(environment, "check", "--json")
    if answer.returncode:
        # The first fault of the report, or what was said instead of a report.
        try:
            report = json.loads(answer.stdout)
            faults = [*report["evidence"]["faults"], *report["registry"]["faults"]]
            complaint = json.dumps(faults[0], ensure_ascii=False)
        except ValueError:
            complaint = (answer.stderr.strip().splitlines() or [f"exit {answer.returncode}"])[-1]
        raise Stopped("CLI-EVIDENCE", NOT_SOUND.format(file=file, found=complaint), REFUSED)
    sound: dict[str, Any] = json.loads(answer.stdout)
    return sound


def _tanzhi(environment: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tanzhi.cli", *words, "--lang", "en"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)  # noqa: S603  # our own words, no shell


def _figures(report: dict[str, Any]) -> dict[str, Any]:
    return {name: report["evidence"][name] for name in ("size", "root")} | {
        "transfers": report["registry"]["transfers"]
    }


def _drill(archive: Path, folder: Path) -> dict[str, Any]:
    """Restore into a folder (and, on a server, a database) that is removed again, whatever comes of it."""
    folder.mkdir()
    present, name = present_database(), f"drill_{os.urandom(6).hex()}"
    try:
        return _verified(archive, folder, _load(archive, folder, name))
    finally:
        if isinstance(present, PostgresqlServer):
            present.drop(name)
        shutil.rmtree(folder)
