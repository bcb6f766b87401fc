"""Every setting that an installation may choose, with its default; a test finds those that are used and not told."""

from __future__ import annotations

import re
from pathlib import Path

import tanzhi
from docs.markdown import NOTICE, code, table

USED = re.compile(r"""environ(?:\.get\(|\[)\s*["'](TANZHI_[A-Z_]+)|config\("(TANZHI_[A-Z_]+)""")
SETTINGS: dict[str, tuple[str, str, str]] = {
    "TANZHI_VAR": (
        "var",
        "数据库（SQLite）、文件、密钥所在目录，须备份",
        "folder of database (SQLite), files and keys",
    ),
    "TANZHI_DATABASE": (
        "SQLite in TANZHI_VAR",
        "数据库地址，如 postgresql://用户:密码@主机/库",
        "database, for example postgresql://user:password@host/name",
    ),
    "TANZHI_HOSTS": (
        "localhost,127.0.0.1,[::1],testserver",
        "允许的主机名，以逗号分隔",
        "names by which the pages may be asked for, with commas",
    ),
    "TANZHI_HTTPS": ("", "1：只在 HTTPS 上使用会话和防伪标记", "1: sessions and form tokens over HTTPS only"),
    "TANZHI_SECRET_KEY": ("made on the first start", "签名密钥；不设则首次启动生成", "the installation's secret"),
    "TANZHI_DEBUG": ("", "1：开发用，绝不用于正式安装", "1: for development, never for an installation in use"),
    "TANZHI_ADDRESS": ("", "对外网址，用于邮件中的链接", "address by which people reach it, for links in mail"),
    "TANZHI_PROVINCE": ("", "本省行政区划代码；空为库中唯一的省", "code of the home province; empty: the only one"),
    "TANZHI_TODAY": ("", "示例停留的日期；正式安装留空", "day on which an example stands still; leave empty in use"),
    "TANZHI_EMAIL_BACKEND": (
        "django.core.mail.backends.locmem.EmailBackend",
        "邮件后端；默认不发邮件，链接由管理员转交",
        "how mail is sent; by default none is, and links are handed over",
    ),
}


def page() -> str:
    rows = [(code(n), code(default), f"{zh} · {en}") for n, (default, zh, en) in sorted(SETTINGS.items())]
    parts = ["# Settings 设置", NOTICE, "All come from the environment.", table(["Name", "Default", "Meaning"], rows)]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def used() -> set[str]:
    """The names that the program reads from the environment."""
    sources = (path.read_text("utf-8") for path in Path(tanzhi.__file__).parent.rglob("*.py"))
    return {a or b for text in sources for a, b in USED.findall(text)}
