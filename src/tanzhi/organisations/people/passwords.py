"""Password rules, said in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from .model import Person

RULES: dict[str, Text] = {
    "password_too_short": Text("至少 {min_length} 个字符", "At least {min_length} characters"),
    "password_too_common": Text("不能是常见密码", "Not a common password"),
    "password_entirely_numeric": Text("不能全是数字", "Not only digits"),
    "password_too_similar": Text("不能与登录名、姓名或邮箱相近", "Not close to your sign-in name, name or e-mail"),
}


def rules_broken(password: str, person: Person | None = None) -> list[Text]:
    """The rules that a password breaks; none: it will do."""
    try:
        validate_password(password, person)
    except ValidationError as fault:
        broken = []
        for error in fault.error_list:
            rule = RULES.get(error.code or "")
            broken.append(rule.format(**(error.params or {})) if rule else same("; ".join(error.messages)))
        return broken
    return []
