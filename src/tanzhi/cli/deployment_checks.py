"""What must hold before others may reach an installation; what does not is named with a code and a remedy."""

from __future__ import annotations

import os
import re
import shutil
import stat
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection

from tanzhi.rulebook.kernel.text import Text, same

from .serving import connection_limit, server_size

OTHERS = stat.S_IRWXG | stat.S_IRWXO
LEAST_SECRET = 32
Messages = Iterator[Text]

DEBUGGING = Text(
    "TANZHI_DEBUG=1：出错页会泄露内部信息；请删去该设置", "TANZHI_DEBUG=1: pages show internals; remove it"
)
DAY_FIXED = Text(
    "TANZHI_TODAY={day}：日期停在示例日，期限不会到来；请删去该设置",
    "TANZHI_TODAY={day}: the day stands still and no deadline comes; remove it",
)
MESSAGES_LOGGED = Text(
    "TANZHI_LOG_MESSAGES=1：日志可能含个人信息；查错结束后请删去",
    "TANZHI_LOG_MESSAGES=1: the log may quote people's data; remove it once the fault is found",
)
NO_ADDRESS = Text(
    "未设 TANZHI_ADDRESS：请写对外网址，如 https://carbon.example.gov.cn",
    "TANZHI_ADDRESS is not set: give the address by which people come, such as https://carbon.example.gov.cn",
)
NO_HTTPS = Text(
    "未用 HTTPS（TANZHI_ADDRESS={address}）：密码会明文传送；请配置证书并把网址改为 https",
    "no HTTPS (TANZHI_ADDRESS={address}): passwords travel readable; set up a certificate and write https",
)
NO_PROXY = Text(
    "用 HTTPS 而 TANZHI_PROXY=0：登录会被拒绝，来访地址全是代理；请写前面代理的台数，通常为 1",
    "HTTPS but TANZHI_PROXY=0: forms are refused and every visitor has the proxy's address; state how many servers "
    "stand in front, most often 1",
)
OPEN_HOSTS = Text(
    "TANZHI_HOSTS={hosts}：接受任意主机名或不含 {name}；请只写对外主机名",
    "TANZHI_HOSTS={hosts}: any name is accepted, or {name} is not; list just the names by which people come",
)
ORIGIN = Text(
    "HTTPS 后提交表单会被拒绝：{address} 不是可信来源，或 Cookie 未限 HTTPS；请删去 TANZHI_HTTPS，"
    "由 TANZHI_ADDRESS 决定",
    "forms would be refused behind HTTPS, or cookies travel without it ({address}): remove TANZHI_HTTPS and let "
    "TANZHI_ADDRESS decide",
)
NO_HSTS = Text(
    "未发送 HSTS：请删去 TANZHI_HSTS_SECONDS 或设为 31536000",
    "HSTS is not sent: remove TANZHI_HSTS_SECONDS or set it to 31536000",
)
SECRET = Text(
    "签名密钥过短：请删去 TANZHI_SECRET_KEY，首次启动会生成",
    "the secret key is too short: remove TANZHI_SECRET_KEY, one is made on the first start",
)
READABLE = Text(
    "其他用户可读写 {path}（{mode}）：请运行 chmod {right} {path}",
    "other users may read or write {path} ({mode}): run chmod {right} {path}",
)
MISSING = Text(
    "缺少 {path}：请运行 tanzhi migrate 或由备份恢复", "{path} is missing: run tanzhi migrate, or restore a backup"
)
UNHEALTHY = {
    "database": Text(
        "数据库无应答（{value}）：请检查 TANZHI_DATABASE", "the database does not answer: see TANZHI_DATABASE"
    ),
    "migrations": Text(
        "数据库缺少 {value} 项结构更新：请运行 tanzhi migrate",
        "the database lacks {value} migrations: run tanzhi migrate",
    ),
    "keys": Text(
        "存证密钥缺失（{value}）：请由备份恢复 TANZHI_VAR/keys",
        "keys of the log are lost ({value}): restore TANZHI_VAR/keys from a backup",
    ),
    "worker": Text(
        "后台进程没有心跳（{value}）：请启动 tanzhi worker，并核对两者使用同一数据库",
        "the worker is not heard of ({value}): start tanzhi worker, with the same database",
    ),
    "sealing": Text(
        "有条目 {value} 秒未封存：请看后台进程的日志",
        "an entry waits unsealed for {value} seconds: see the worker's log",
    ),
    "disk": Text(
        "TANZHI_VAR 只剩 {value} MB（应有 {limit}）：请清理或扩容",
        "{value} MB are left under TANZHI_VAR ({limit} expected): make room",
    ),
}
TOO_MANY = Text(
    "进程 × 线程共需 {needed} 个数据库连接，max_connections 为 {limit}：请调小 TANZHI_WORKERS、TANZHI_THREADS，"
    "或调大 max_connections",
    "processes × threads need {needed} connections, max_connections is {limit}: lower TANZHI_WORKERS or "
    "TANZHI_THREADS, or raise max_connections",
)
NO_CLIENT = Text(
    "找不到 {program}，无法备份：请安装 PostgreSQL {version} 的客户端（Debian：postgresql-client）",
    "{program} is not there and no backup can be made: install the client of PostgreSQL {version} (Debian: "
    "postgresql-client)",
)
OLD_CLIENT = Text(
    "{program} 为 {present} 版，旧于服务器的 {version} 版，无法备份：请安装 {version} 版客户端",
    "{program} is version {present}, older than the server's {version}, and cannot back it up: install that one's",
)


def check_debugging() -> Messages:
    if settings.DEBUG:
        yield DEBUGGING


def check_day() -> Messages:
    if settings.TANZHI_TODAY:
        yield DAY_FIXED.format(day=settings.TANZHI_TODAY)


def check_log() -> Messages:
    if settings.LOGGING["formatters"]["line"]["messages"]:
        yield MESSAGES_LOGGED


def check_address() -> Messages:
    if not settings.TANZHI_ADDRESS:
        yield NO_ADDRESS


def check_https() -> Messages:
    if not settings.TANZHI_ADDRESS.startswith("https://"):
        yield NO_HTTPS.format(address=settings.TANZHI_ADDRESS)


def check_proxy() -> Messages:
    if settings.TANZHI_ADDRESS.startswith("https://") and settings.PROXIES == 0:
        yield NO_PROXY


def check_hosts() -> Messages:
    name = urlsplit(settings.TANZHI_ADDRESS).hostname or "localhost"
    any_name = [host for host in settings.ALLOWED_HOSTS if host.startswith(("*", ".")) or host == "testserver"]
    if any_name or name not in settings.ALLOWED_HOSTS:
        yield OPEN_HOSTS.format(hosts=",".join(settings.ALLOWED_HOSTS), name=name)


def check_origin() -> Messages:
    address = settings.TANZHI_ADDRESS
    safe = settings.SESSION_COOKIE_SECURE and settings.CSRF_COOKIE_SECURE and address in settings.CSRF_TRUSTED_ORIGINS
    if address.startswith("https://") and not safe:
        yield ORIGIN.format(address=address)


def check_hsts() -> Messages:
    if settings.TANZHI_ADDRESS.startswith("https://") and not settings.SECURE_HSTS_SECONDS:
        yield NO_HSTS


def check_secret() -> Messages:
    if len(settings.SECRET_KEY) < LEAST_SECRET:
        yield SECRET


def check_private_files() -> Messages:
    """The folder and what must stay secret in it, also where the folder is closed: folders get opened."""
    var = Path(settings.VAR)
    files = [var / "secret-key"] if not os.environ.get("TANZHI_SECRET_KEY") else []
    files += sorted((var / "keys").glob("*"))
    if (database := sqlite_file()) is not None:
        files += [path for path in (database, Path(f"{database}-wal"), Path(f"{database}-shm")) if path.exists()]
    for path in (var, *files):
        try:
            mode = path.stat().st_mode
        except FileNotFoundError:
            yield MISSING.format(path=path)
            continue
        if mode & OTHERS:
            yield READABLE.format(path=path, mode=oct(stat.S_IMODE(mode))[2:], right="700" if path.is_dir() else "600")


def sqlite_file() -> Path | None:
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def check_health(part: str) -> Callable[[], Messages]:
    """What `/healthz` measures, said with a remedy."""

    def check() -> Messages:
        from tanzhi.web.health import read

        reading = read(part)
        if not reading.ok:
            yield UNHEALTHY[part].format(value=reading.value, limit=reading.limit)

    return check


def check_connections() -> Messages:
    limit, size = connection_limit(), server_size()
    if limit is not None and size.connections > limit:
        yield TOO_MANY.format(needed=size.connections, limit=limit)


def check_clients() -> Messages:
    """What a backup of PostgreSQL calls, not older than the server."""
    version = server_version()
    if version is None:
        return
    for program in ("pg_dump", "pg_restore", "psql"):
        present = client_version(program)
        if present is None:
            yield NO_CLIENT.format(program=program, version=version)
        elif present < version:
            yield OLD_CLIENT.format(program=program, present=present, version=version)


def server_version() -> int | None:
    """PostgreSQL's main version; None on SQLite, which needs no program for a backup."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10000


def client_version(program: str) -> int | None:
    path = shutil.which(program)
    if path is None:
        return None
    answer = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)  # noqa: S603  # by name from PATH, as the backup calls it
    number = re.search(r"(\d+)", answer.stdout)
    return int(number[1]) if number else None


def check_django() -> Messages:
    """What Django itself warns of; its words are English alone."""
    from django.core.checks import WARNING, run_checks

    for warning in run_checks(include_deployment_checks=True):
        if warning.level >= WARNING and not warning.is_silenced():
            yield same(f"{warning.id}: {warning.msg}")


CHECKS: dict[str, Callable[[], Messages]] = {
    "DEP-DEBUG": check_debugging,
    "DEP-TODAY": check_day,
    "DEP-MESSAGES": check_log,
    "DEP-ADDRESS": check_address,
    "DEP-HTTPS": check_https,
    "DEP-PROXY": check_proxy,
    "DEP-HOSTS": check_hosts,
    "DEP-ORIGIN": check_origin,
    "DEP-HSTS": check_hsts,
    "DEP-SECRET": check_secret,
    "DEP-PRIVATE": check_private_files,
    "DEP-DATABASE": check_health("database"),
    "DEP-MIGRATIONS": check_health("migrations"),
    "DEP-KEYS": check_health("keys"),
    "DEP-WORKER": check_health("worker"),
    "DEP-SEALING": check_health("sealing"),
    "DEP-DISK": check_health("disk"),
    "DEP-CONNECTIONS": check_connections,
    "DEP-CLIENTS": check_clients,
    "DEP-DJANGO": check_django,
}


def findings() -> list[tuple[str, Text]]:
    """Everything that does not hold, with its code."""
    return [(code, message) for code, check in CHECKS.items() for message in check()]
