"""Input that does not fit, told field by field in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel, ValidationError

from tanzhi.rulebook.kernel import spelling
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.text import Text, same

from .outcomes import outcomes_of
from .refusal import Refused
from .typed import printable

if TYPE_CHECKING:
    from .table import Action


@dataclass(frozen=True, slots=True)
class Label:
    """What an input field is called: `Annotated[str, Label("名称", "Name")]`."""

    zh: str
    en: str


# What pydantic calls it → what we expect, in words; {…} come from pydantic's own context.
EXPECTED: dict[str, Text] = {
    "missing": Text("必填", "required"),
    "extra_forbidden": Text("没有这个字段", "no such field"),
    "string_type": Text("文字", "text"),
    "string_too_short": Text("至少 {min_length} 个字符", "at least {min_length} characters"),
    "string_too_long": Text("至多 {max_length} 个字符", "at most {max_length} characters"),
    "string_pattern_mismatch": Text("符合格式 {pattern}", "of the form {pattern}"),
    "too_short": Text("至少 {min_length} 项", "at least {min_length} items"),
    "greater_than": Text("大于 {gt}", "greater than {gt}"),
    "greater_than_equal": Text("不小于 {ge}", "at least {ge}"),
    "less_than": Text("小于 {lt}", "less than {lt}"),
    "less_than_equal": Text("不大于 {le}", "at most {le}"),
    "too_large": Text("不超过 18 位的数字", "a number of at most 18 digits"),
    "too_deep": Text("层级较少的数据", "data of fewer levels"),
}
# What pydantic or the field's own limits call it → the code that every other door has for the same
CODES = {
    "control_character": "VAL-CONTROL",
    "decimal_type": "VAL-NUMBER",
    "decimal_parsing": "VAL-NUMBER",
    "finite_number": "VAL-NUMBER",
    "int_type": "VAL-WHOLE",
    "int_parsing": "VAL-WHOLE",
    "int_from_float": "VAL-WHOLE",
    "date_type": "VAL-DATE",
    "date_parsing": "VAL-DATE",
    "date_from_datetime_parsing": "VAL-DATE",
    "date_from_datetime_inexact": "VAL-DATE",
    "bool_type": "VAL-YES",
    "bool_parsing": "VAL-YES",
    "literal_error": "VAL-OPTION",
    "enum": "VAL-OPTION",
}
_BLANK = Text("空白", "blank")
_REQUIRED = Text("{label}：必填，现为空白", "{label}: required, and left blank")
_OUTCOME = Text("{label}：须明确选择{outcomes}", "{label}: choose {outcomes}")
_MESSAGE = Text("{label}：填的是 {found}，应为{expected}", "{label}: found {found}, expected {expected}")


def validated(entry: Action, data: Any) -> BaseModel:
    """The typed input of an action, or a refusal with a finding for each field that does not fit."""
    if isinstance(data, entry.input):
        return data
    try:
        return entry.input.model_validate(data or {})
    except ValidationError as fault:
        findings = [finding_of(entry.input, entry.name, error) for error in fault.errors()]
        raise misfits(findings) from None


def misfits(findings: list[Finding]) -> Refused:
    """The refusal of input that does not fit, with what was found at each place."""
    message = Text("有 {n} 处填写不符", "{n} entries do not fit").format(n=len(findings))
    return Refused("ACT-INPUT", message, 422, findings)


def finding_of(model: type[BaseModel], place: str, error: Any) -> Finding:
    """One of pydantic's errors in our words: field, what was found, what is expected."""
    path = ".".join(str(part) for part in error["loc"]) or "data"
    if error["type"] == "missing":
        actual = _BLANK
    else:
        try:  # the beginning of what was found
            typed = error["input"]
            actual = same(printable((typed if isinstance(typed, str) else repr(typed))[:80]))
        except (ValueError, RecursionError):  # such as a number with thousands of digits
            actual = same(type(error["input"]).__name__)
    if outcomes := outcomes_of(model.model_fields.get(path)):
        expected, label = outcomes.listed, field_label(model, path)
        message = _OUTCOME.format(label=label, outcomes=expected)
        return Finding("ACT-OUTCOME", ERROR, place, path, actual, expected, message)
    code = CODES.get(error["type"], error["type"])
    if code in spelling.MESSAGES:
        context = error.get("ctx", {})
        needed = Text(context.get("zh") or "-", context.get("en") or "-")
        message, expected = spelling.message_of(code, field_label(model, path), actual, needed)
        return Finding(code, ERROR, place, path, actual, expected, message)
    expected = EXPECTED.get(error["type"], same(error["msg"])).format(**error.get("ctx", {}))
    wording = _REQUIRED if error["type"] == "missing" else _MESSAGE
    message = wording.format(label=field_label(model, path), found=actual, expected=expected)
    return Finding("ACT-INPUT", ERROR, place, path, actual, expected, message)


def field_label(model: type[BaseModel], path: str) -> Text:
    """The label of an input field, or its name where it has none; in a list of records that of the record's field."""
    first, _, rest = path.partition(".")
    info = model.model_fields.get(first)
    part = next(iter(get_args(info.annotation)), None) if info else None
    below = rest.partition(".")[2]
    if below and isinstance(part, type) and issubclass(part, BaseModel):
        return field_label(part, below)
    labels = [note for note in info.metadata if isinstance(note, Label)] if info else []
    return Text(labels[0].zh, labels[0].en) if labels else same(path)
