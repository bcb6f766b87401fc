"""What the installation lacks when it fails: room, or its database. Said with a code; all else is a fault of ours."""

from __future__ import annotations

import errno
import sqlite3
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError

from tanzhi.rulebook.kernel.text import Text

NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
# SQLite says by words what PostgreSQL says by its state; of a statement that is wrong it speaks in the same class
FULL = ("database or disk is full", "disk I/O error")
AWAY = ("database is locked", "unable to open database file")
DISK_FULL = "53100"


@dataclass(frozen=True, slots=True)
class Unavailability:
    """Why nothing can be done at present, and after how many seconds it is worth another try."""

    status: int
    code: str
    message: Text
    again_in: int


ROOM = Unavailability(
    507,
    "WEB-ROOM",
    Text(
        "服务器磁盘已满或无法写入，本次操作没有保存任何内容。请联系管理员处理后再试",
        "the server's disk is full or takes no writes; nothing was saved. Tell the administrator, then try again",
    ),
    60,
)
DATABASE = Unavailability(
    503,
    "WEB-DATABASE",
    Text(
        "数据库暂时无法访问，本次操作没有保存任何内容。请稍后再试",
        "the database cannot be reached just now; nothing of this was saved. Try again in a moment",
    ),
    30,
)
LACKS = (ROOM, DATABASE)


def lack(fault: BaseException | None) -> Unavailability | None:
    """What is lacking, by the fault that it caused or that lies behind it."""
    while fault is not None:
        if isinstance(fault, OSError) and fault.errno in NO_ROOM:
            return ROOM
        if isinstance(fault, (OperationalError, InterfaceError)):
            if isinstance(fault.__cause__, sqlite3.Error):
                return ROOM if str(fault) in FULL else DATABASE if str(fault) in AWAY else None
            return ROOM if getattr(fault.__cause__, "sqlstate", None) == DISK_FULL else DATABASE
        fault = fault.__cause__ or fault.__context__
    return None
