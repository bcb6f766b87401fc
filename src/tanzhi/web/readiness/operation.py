"""What the platform says of its own readiness: mail, backup, worker, evidence, keys, disk."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

from tanzhi.actions.readiness import PLATFORM, NextStep, Shortfall, Standing, part
from tanzhi.evidence.models import Entry
from tanzhi.organisations.people.mail import is_configured
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.backups import last_backup
from tanzhi.web.health import read

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

BACKUP_DAYS = 7  # our own administrative setting: no rule of law says how often
NOBODY: frozenset[str] = frozenset()
NEVER = Text("从未", "never")
TO_MAIL = NextStep(
    Text("在服务器上设置邮件（docs/how-to/deploy.zh.md）", "Set mail up on the server (docs/how-to/deploy.md)"), NOBODY
)
TO_BACKUP = NextStep(
    Text("在服务器上运行 tanzhi backup 目录 --drill", "On the server: tanzhi backup FOLDER --drill"), NOBODY
)
TO_SERVER = NextStep(
    Text("在服务器上运行 tanzhi check-deploy，按提示处理", "On the server: tanzhi check-deploy, then as it says"),
    NOBODY,
)


@part("web.mail", PLATFORM, 10, Text("邮件", "Mail"), TO_MAIL)
def mail_standing(_actor: Actor, _today: date) -> Standing:
    """Invitations and reset links leave by mail; without it each is printed and handed over."""
    words = Text(
        "未设置邮件：邀请和密码重置须打印转交", "no mail is set up: invitations and resets are printed and handed over"
    )
    lacks = () if is_configured() else (Shortfall("RDY-MAIL", words),)
    return Standing(Text("邮件外发", "mail leaves") if not lacks else Text("未外发", "none leaves"), lacks)


@part("web.backup", PLATFORM, 20, Text("备份", "Backup"), TO_BACKUP)
def backup_standing(_actor: Actor, _today: date) -> Standing:
    """The backup that this installation made last; those that other programs make are not seen here."""
    newest = last_backup()
    if newest is None:
        why = Text(
            "没有 tanzhi backup 的记录；以其他方式备份的，本页无从得知",
            "no backup by tanzhi backup is on record; those made by other means are not seen here",
        )
        return Standing(Text("没有记录", "none on record"), why=why)
    day = timezone.localtime(newest.at).date()
    old = timezone.now() - newest.at > timedelta(days=BACKUP_DAYS)
    words = Text("最近一次在 {day}，已逾 {n} 天", "the last one is of {day}, more than {n} days ago")
    lacks = (Shortfall("RDY-BACKUP", words.format(day=day.isoformat(), n=BACKUP_DAYS)),) if old else ()
    there = (
        Text("最近一次 {day}（已演练）", "the last one {day}, drilled")
        if newest.drilled
        else Text("最近一次 {day}", "the last one {day}")
    )
    return Standing(there.format(day=day.isoformat()), lacks)


def _health(code: str, name: str, words: Text) -> Callable[[Actor, date], Standing]:
    """A part of `/healthz` as a part of readiness."""

    def standing(_actor: Actor, _today: date) -> Standing:
        reading = read(name)
        if reading.ok:
            return Standing(Text("正常", "well"))
        value = NEVER if reading.value == "never" else reading.value
        lack = Shortfall(code, words.format(value=value, limit=reading.limit or "—"))
        return Standing(Text("异常", "not well"), (lack,))

    return standing


part("web.worker", PLATFORM, 30, Text("后台进程", "Worker"), TO_SERVER)(
    _health("RDY-WORKER", "worker", Text("后台进程没有心跳（{value}）", "the worker is not heard of ({value})"))
)


@part("web.sealing", PLATFORM, 40, Text("存证封存", "Sealing of evidence"), TO_SERVER)
def sealing_standing(_actor: Actor, _today: date) -> Standing:
    """Entries are sealed into the tree in time; before the first entry nothing can be said."""
    if not Entry.objects.exists():
        return Standing(Text("没有条目", "no entry"), why=Text("尚无存证条目", "there is no entry of evidence yet"))
    waiting = Text("有条目 {value} 秒未封存", "an entry waits unsealed for {value} seconds")
    return _health("RDY-SEALING", "sealing", waiting)(_actor, _today)


part("web.keys", PLATFORM, 50, Text("存证密钥", "Keys of the evidence log"), TO_SERVER)(
    _health("RDY-KEYS", "keys", Text("密钥缺失（{value}）", "keys are lost ({value})"))
)
part("web.disk", PLATFORM, 60, Text("磁盘空间", "Disk space"), TO_SERVER)(
    _health("RDY-DISK", "disk", Text("只剩 {value} MB，应有 {limit} MB", "{value} MB are left, {limit} expected"))
)
