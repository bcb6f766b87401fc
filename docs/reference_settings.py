"""Every setting that an installation may choose, with its default; a test finds those that are used and not told."""

from __future__ import annotations

import re
from pathlib import Path

import tanzhi
from docs.markdown import NOTICE, code, table

USED = re.compile(r"""(?:environ(?:\.get\(|\[|, )|config\()\s*["'](TANZHI_[A-Z_]+)["']""")
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
        "name in TANZHI_ADDRESS,localhost,127.0.0.1,[::1]",
        "允许的主机名，以逗号分隔",
        "names by which the pages may be asked for, with commas",
    ),
    "TANZHI_HTTPS": (
        "1 if TANZHI_ADDRESS begins with https",
        "1：只在 HTTPS 上使用会话和防伪标记，并发送 HSTS",
        "1: sessions and form tokens over HTTPS only, HSTS is sent",
    ),
    "TANZHI_HSTS_SECONDS": (
        "31536000 with HTTPS",
        "浏览器记住只用 HTTPS 的秒数；0 为不发送",
        "how long browsers remember to come by HTTPS only; 0 sends nothing",
    ),
    "TANZHI_PROXY": (
        "0",
        "前面可信反向代理的台数；大于 0 时采信其 X-Forwarded-For、X-Forwarded-Proto、X-Request-ID",
        "how many trusted servers stand in front; their X-Forwarded-For, X-Forwarded-Proto and X-Request-ID count",
    ),
    "TANZHI_PROXY_FROM": (
        "127.0.0.0/8,::1/128",
        "可信代理所在网段，以逗号分隔；其他来源的转发标头一律丢弃",
        "networks from which those servers speak, with commas; forwarding headers of anybody else are dropped",
    ),
    "TANZHI_SECRET_KEY": ("made on the first start", "签名密钥；不设则首次启动生成", "the installation's secret"),
    "TANZHI_DEBUG": ("", "1：开发用，绝不用于正式安装", "1: for development, never for an installation in use"),
    "TANZHI_ADDRESS": (
        "",
        "对外网址，如 https://carbon.example.gov.cn；链接、主机名、HTTPS 设置由此而来",
        "address by which people reach it, such as https://carbon.example.gov.cn; links, host name and HTTPS follow",
    ),
    "TANZHI_PROVINCE": ("", "本省行政区划代码；空为库中唯一的省", "code of the home province; empty: the only one"),
    "TANZHI_TODAY": ("", "示例停留的日期；正式安装留空", "day on which an example stands still; leave empty in use"),
    "TANZHI_TIME_CODES": (
        "",
        "off：管理员和负责人不强制动态码，仅用于示例；check-deploy 会指出",
        "off: administrators and directors need no time code; for the example alone, check-deploy names it",
    ),
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
    return {name for text in sources for name in USED.findall(text)}
