"""Refusals: the only exception that a user causes. Each has a code that can be quoted on the telephone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Sequence


class Refused(Exception):
    """An action that was not done, and why; nothing of it is saved."""

    def __init__(self, code: str, message: Text, status: int = 422, findings: Sequence[Finding] = ()) -> None:
        super().__init__(f"{code}: {message.en}")
        self.code = code
        self.message = message
        self.status = status
        self.findings = list(findings)

    def as_dict(self) -> dict[str, Any]:
        """Plain data for JSON."""
        findings = [finding.as_dict() for finding in self.findings]
        return {"code": self.code, "message": self.message.as_dict(), "findings": findings}


class Disturbed(Refused):
    """What was prepared before the lock no longer fits: it is prepared anew a few times, then this is told."""


PREPARATIONS = 3  # a quiet moment is found in one; where none comes, whoever acts tries again


def refused(code: str, field: str, actual: object, expected: Text, status: int = 422) -> Refused:
    """The refusal of one field: what was found there, and what is expected instead."""
    words = actual if isinstance(actual, Text) else same(str(actual))
    message = Text("应为{expected}，现为{found}", "expected {expected}, found {found}").format(
        expected=expected, found=words
    )
    return Refused(code, message, status, [Finding(code, ERROR, "", field, words, expected, message)])


def no_role(label: Text, needed: Text) -> Refused:
    return Refused(
        "ACT-ROLE",
        Text("您的角色不能“{label}”；需要：{needed}", "Your role may not “{label}”; needed: {needed}").format(
            label=label, needed=needed
        ),
        403,
    )


def out_of_scope() -> Refused:
    """Told as "not found": whoever may not see a record does not learn that it exists."""
    return Refused(
        "ACT-SCOPE",
        Text("没有找到该记录，或不在您的单位或辖区内", "Not found, or not in your organisation or region"),
        404,
    )


def for_no_token(label: Text) -> Refused:
    message = Text(
        "“{label}”只能由本人登录后办理，不能用令牌", "“{label}” is done by a person who signed in, not by a token"
    )
    return Refused("ACT-TOKEN", message.format(label=label), 403)


def for_no_service(label: Text) -> Refused:
    message = Text(
        "“{label}”须由人办理：程序账户只能准备和检查，不能存证、决定、审批，也不能代人答复",
        "“{label}” is done by people: a service account prepares and checks; it deposits, decides, approves and answers"
        " nothing",
    )
    return Refused("ACT-SERVICE", message.format(label=label), 403)


def no_consent(label: Text) -> Refused:
    """Told alike where there is no such record: whoever has no consent does not learn what there is."""
    message = Text(
        "该单位没有同意本程序办理“{label}”，或没有该记录；由该单位审批人在“程序账户”页同意",
        "the organisation has not agreed that this program does “{label}”, or there is no such record; its approver"
        " agrees on the page of service accounts",
    )
    return Refused("ACT-CONSENT", message.format(label=label), 403)


def password_again(label: Text) -> Refused:
    message = Text("“{label}”须先再次输入密码", "“{label}”: enter your password again first")
    return Refused("ACT-PASSWORD", message.format(label=label), 403)


def wrong_state(label: Text, state: str, expected: str) -> Refused:
    message = Text(
        "不能“{label}”：现状态为 {found}，应为 {expected}", "Cannot “{label}”: state is {found}, expected {expected}"
    )
    return Refused("ACT-STATE", message.format(label=label, found=state, expected=expected), 409)


def stale(seen: int, present: int, changes: Text) -> Refused:
    message = Text(
        "您看到的是第 {seen} 次修订，现为第 {present} 次。其间：{changes}。请刷新后再办",
        "You saw revision {seen}; it is now {present}. Since then: {changes}. Reload and try again",
    )
    return Refused("ACT-STALE", message.format(seen=seen, present=present, changes=changes), 409)


def repeated() -> Refused:
    message = Text(
        "同一个请求编号已用于另一内容，请换新编号",
        "This idempotency key was used for another request; use a new key",
    )
    return Refused("ACT-REPEAT", message, 409)


def odd_key() -> Refused:
    message = Text("请求编号过长或含控制字符", "the idempotency key is too long or holds control characters")
    return Refused("ACT-KEY", message, 422)


def before_its_cause(what: Text, actual: str, cause: str) -> Refused:
    message = Text("{what}的日期 {found} 早于 {cause}", "{what} is dated {found}, before {cause}")
    return Refused("ACT-DATE", message.format(what=what, found=actual, cause=cause), 422)
