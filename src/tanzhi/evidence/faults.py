"""What stops the log: said with a code, never worked around."""

from __future__ import annotations

from tanzhi.rulebook.kernel.text import Text


class LogFault(Exception):
    """The log cannot be written or sealed without becoming another one."""

    def __init__(self, code: str, message: Text) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code, self.message = code, message


NO_KEYS = Text(
    "存证已有条目，而签名密钥不在 {folder}：停止封存。请由备份恢复该目录，不会另建密钥",
    "the log has entries, and its signing key is not in {folder}: sealing stops. Restore that folder from a backup; "
    "no other key is made",
)
NO_MAC_KEY = Text(
    "存证已有条目，而条目密钥不在 {folder}：停止记录与封存。请由备份恢复该目录",
    "the log has entries, and the key of its entries is not in {folder}: nothing is recorded or sealed. Restore that "
    "folder from a backup",
)
NO_HISTORY = Text(
    "密钥历史 {file} 缺失或无法读取：停止封存。请由备份恢复该目录",
    "the key history {file} is missing or unreadable: sealing stops. Restore that folder from a backup",
)
OTHER_KEY = Text(
    "签名密钥 {file} 不是密钥历史最后所载的公钥：停止封存",
    "the signing key {file} is not the one that the key history names last: sealing stops",
)
NO_LAST_HEAD = Text(
    "存证已有树头，而 {file} 缺失或无法读取：停止封存。核对后运行 tanzhi evidence accept-head",
    "the log has heads, and {file} is missing or unreadable: sealing stops. Compare, then run "
    "`tanzhi evidence accept-head`",
)
WENT_BACK = Text(
    "数据库中的存证（{found} 条）不含已签发的树头 {expected}：末尾被删除、被改写，或为较早的备份。"
    "若确由备份恢复，运行 tanzhi evidence accept-head",
    "the log in the database ({found} entries) does not hold the head signed last, {expected}: its end was cut, it was "
    "rewritten, or it is an older backup. If it was restored, run `tanzhi evidence accept-head`",
)
UNWITNESSED = Text(
    "第 {pk} 号存证记录不是本平台写入的（无有效认证码或内容不符）：停止封存。"
    "查明后运行 tanzhi evidence set-aside {pk} --reason …",
    "entry number {pk} was not written by the platform (its code is missing or does not fit its bytes): sealing stops. "
    "Find out who wrote it, then run `tanzhi evidence set-aside {pk} --reason …`",
)
NO_SUCH_ENTRY = Text("没有未封存的第 {pk} 号记录", "there is no entry number {pk} that waits to be sealed")
WITNESSED = Text(
    "第 {pk} 号记录由本平台写入，不可搁置", "entry number {pk} was written by the platform: it cannot be set aside"
)
TWICE = Text(
    "第 {pk} 号存证记录与已有条目相同：停止封存", "entry number {pk} repeats one that is there already: sealing stops"
)
EDGE = Text(
    "存储的树节点推不到规模 {size} 的树头：停止封存",
    "the stored nodes of the tree do not lead to the head of size {size}: sealing stops",
)
NUMBERED = Text(
    "已编号 {found} 条，最后的树头只涵盖 {expected} 条：有条目未经封存而编号，停止封存",
    "{found} entries are numbered, the last head covers {expected}: somebody numbered entries without sealing them; "
    "sealing stops",
)
