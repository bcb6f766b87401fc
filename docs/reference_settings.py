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
    "TANZHI_WORKERS": (
        "0",
        "网页服务的进程数；0 为自动：SQLite 1 个，PostgreSQL 每核 1 个、至多 4 个",
        "processes of the server; 0: one on SQLite, one a core and at most four on PostgreSQL",
    ),
    "TANZHI_THREADS": ("0", "每个进程的线程数；0 即 4", "threads of each process; 0: four"),
    "TANZHI_DATABASE_POOL": (
        "0; `tanzhi serve` sets it to its threads",
        "每个进程保持的 PostgreSQL 连接数上限；0 为不用连接池",
        "most connections to PostgreSQL that a process pools; 0: no pool",
    ),
    "TANZHI_PAPER_MEGABYTES": (
        "5",
        "账户申请每份材料的大小上限（MB）",
        "the largest paper of an application for an account, in MB",
    ),
    "TANZHI_HOOKS_CA": (
        "",
        "事件推送接收方证书的签发机构文件（PEM）；空为系统自带",
        "file of authorities (PEM) that vouch for receivers of web hooks; empty: the system's own",
    ),
    "TANZHI_SSO_ISSUER": (
        "",
        "统一身份认证平台（OpenID Connect）的 issuer，与其声明逐字相同；空为不用，需安装 tanzhi[sso]",
        "issuer of an OpenID Connect provider, letter by letter as it states it; empty: none. Needs tanzhi[sso]",
    ),
    "TANZHI_SSO_CLIENT_ID": ("", "认证平台为本平台签发的客户端标识", "the client id that the provider issued"),
    "TANZHI_SSO_CLIENT_SECRET": ("", "认证平台为本平台签发的客户端密钥", "the client secret that the provider issued"),
    "TANZHI_SSO_NAME_ZH": (
        "统一身份认证",
        "登录按钮上认证平台的中文名",
        "what the button of signing in calls it, Chinese",
    ),
    "TANZHI_SSO_NAME_EN": (
        "the single sign-on",
        "登录按钮上认证平台的英文名",
        "what the button of signing in calls it, English",
    ),
    "TANZHI_SSO_ROLES": (
        "",
        "载明角色的声明名称，按登记的对应关系取得角色；空为不取，角色只在本平台授予",
        "the claim that names roles, read by the table of mapped roles; empty: roles are given here alone",
    ),
    "TANZHI_SSO_SCOPES": ("openid email", "向认证平台请求的范围", "the scopes that are asked for"),
    "TANZHI_LOG": (
        "text",
        "日志格式：text 供人阅读，json 每行一个对象",
        "form of the log: text, or json with an object a line",
    ),
    "TANZHI_LOG_LEVEL": ("INFO", "日志级别", "level of the log"),
    "TANZHI_LOG_MESSAGES": (
        "",
        "1：查错期间写出异常的原文（可能含个人信息），查完请取消",
        "1: while looking for a fault, messages of exceptions are written, which may quote people's data",
    ),
    "TANZHI_HEALTH_UNSEALED_SECONDS": (
        "120",
        "最早未封存条目超过该秒数即为异常",
        "the oldest unsealed entry may be so old before /healthz is not ok",
    ),
    "TANZHI_HEALTH_WORKER_SECONDS": (
        "60",
        "后台进程超过该秒数没有心跳即为异常",
        "the worker may be silent for so long before /healthz is not ok",
    ),
    "TANZHI_HEALTH_DISK_MEGABYTES": (
        "1024",
        "磁盘剩余低于该兆字节数即为异常",
        "megabytes that must be free under TANZHI_VAR for /healthz to be ok",
    ),
    "TANZHI_METRICS_TOKEN": (
        "",
        "非本机读取 /metrics 与健康明细的令牌；空则仅限本机",
        "token for /metrics and the parts of /healthz from elsewhere; empty: this machine alone",
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
    "TANZHI_DATA_LICENCE_ZH": (
        "",
        "开放数据的许可（中文），如“可免费使用，须注明来源”；空则页面写明未声明",
        "under what data sets are given away, in Chinese; empty: the page says that nothing is stated",
    ),
    "TANZHI_DATA_LICENCE_EN": (
        "",
        "同上，英文；两项只填一项时两种语言共用",
        "the same in English; where only one of the two is set, both languages show it",
    ),
    "TANZHI_TODAY": ("", "示例停留的日期；正式安装留空", "day on which an example stands still; leave empty in use"),
    "TANZHI_TIME_CODES": (
        "",
        "off：管理员和负责人不强制动态码，仅用于示例；check-deploy 会指出",
        "off: administrators and directors need no time code; for the example alone, check-deploy names it",
    ),
    "TANZHI_MAIL": (
        "",
        "邮件服务器，如 smtp+starttls://用户:密码@主机:587（或 smtps、smtp）；空为不发邮件，链接由管理员打印转交",
        "mail server, for example smtp+starttls://user:password@host:587 (or smtps, smtp); empty: no mail leaves, "
        "administrators print and hand over links",
    ),
    "TANZHI_MAIL_FROM": (
        "",
        "发件人地址；设了 TANZHI_MAIL 必填",
        "the address that mail comes from; needed with TANZHI_MAIL",
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
