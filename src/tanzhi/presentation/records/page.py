"""A page of records: narrowed by filters, begun after a cursor, each row as plain data."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from tanzhi.actions.refusal import Refused, out_of_scope
from tanzhi.actions.typed import fault_in, whole
from tanzhi.presentation.lists.declaration import Filter, reach
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.spelling import spelled_day
from tanzhi.rulebook.kernel.text import Text, same

from .kind import DATE, MOMENT, RECORD, WHOLE, YES, RecordField, RecordKind, code_of, named, target_of, with_code

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

MOST, USUAL = 500, 100  # records of an answer
BEGINS = {"_from": "gte", "_until": "lte"}
"""Ends of a field's name that ask for days from one on, and until another, both included."""
EXPECTED: dict[str, Text] = {
    WHOLE: Text("整数", "a whole number"),
    DATE: Text("日期，如 2024-03-31", "a day, such as 2024-03-31"),
    MOMENT: Text("日期，如 2024-03-31", "a day, such as 2024-03-31"),
    YES: Text("true 或 false", "true or false"),
    RECORD: Text("该记录的代码", "the code of such a record"),
}
READABLE = Text("不含控制字符的文字", "text without control characters")
NO_FILTER = Text("可用的查询条件：{names}", "a filter of this list: {names}")
LIMIT = Text("1 至 {most} 的整数", "a whole number from 1 to {most}")
CURSOR = Text("上一页给出的游标", "the cursor that the page before gave")
WRONG_QUERY = Text("有 {n} 个查询条件不符", "{n} filters do not fit")
NOT_FITTING = Text("{name}：填的是 {found}，应为{expected}", "{name}: found {found}, expected {expected}")


@dataclass(frozen=True, slots=True)
class RecordPage:
    """Some records in the order in which they came, and the cursor of the next page; none where it ends here."""

    records: list[dict[str, Any]]
    following: str | None

    def as_dict(self) -> dict[str, Any]:
        return {"records": self.records, "next": self.following}


def page_of(kind: RecordKind, actor: Actor, query: Mapping[str, str]) -> RecordPage:
    """The records that a query asks for; whatever does not fit is refused, each with its place."""
    findings: list[Finding] = []
    rows = kind.visible_to(actor)
    for name, words in query.items():
        try:
            rows = rows if name in ("limit", "after") else _fitting(kind, rows, name, words)
        except _Unfitting as fault:
            findings.append(misfit(kind, name, words, fault.expected))
    most = whole(query.get("limit", str(USUAL)), MOST)
    if not most:
        findings.append(misfit(kind, "limit", query.get("limit", ""), LIMIT.format(most=MOST)))
    after = position(query.get("after", ""))
    if after is None:
        findings.append(misfit(kind, "after", query.get("after", ""), CURSOR))
    if findings:
        raise Refused("API-QUERY", WRONG_QUERY.format(n=len(findings)), 422, findings)
    count = most or USUAL
    loaded = kind.loaded(rows.filter(pk__gt=after or 0)[: count + 1])
    records = loaded[:count]
    following = cursor(records[-1].pk) if len(loaded) > count else None
    return RecordPage([as_data(kind, row) for row in records], following)


def record_of(kind: RecordKind, actor: Actor, code: str) -> dict[str, Any]:
    """The record of a code, if it is for this reader."""
    if fault_in(code):
        raise out_of_scope()
    visible = kind.visible_to(actor)
    row = named(kind, visible, code)
    if row is None:
        raise out_of_scope()
    return as_data(kind, kind.loaded(visible.filter(pk=row.pk))[0])


def as_data(kind: RecordKind, row: Any) -> dict[str, Any]:
    """A row as JSON: decimals as strings, days and moments as ISO 8601, records by their codes."""
    data: dict[str, Any] = {"code": code_of(kind, row), "id": row.pk}
    for field in kind.fields:
        value = field.of(row) if field.of is not None else reach(row, field.path.replace("__", "."))
        if field.kind == RECORD and value is not None:
            target = target_of(kind, field)
            value = code_of(target, value) if target is not None else str(value.pk)
        data[field.name] = plain_value(value)
    return data


def plain_value(value: Any) -> Any:
    """A value as JSON holds it."""
    if isinstance(value, Text):
        return value.as_dict()
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, Mapping):
        return {str(key): plain_value(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain_value(part) for part in value]
    return value if isinstance(value, str | bool | int) or value is None else str(value)


def cursor(key: int) -> str:
    """Where a page ended: later rows come after it, whatever is added meanwhile."""
    return base64.urlsafe_b64encode(f"after {key}".encode()).decode().rstrip("=")


def position(words: str) -> int | None:
    """The key in a cursor; 0 for none, None for what is no cursor."""
    if not words:
        return 0
    try:
        begin, _, key = base64.urlsafe_b64decode(words + "=" * (-len(words) % 4)).decode("ascii").partition(" ")
    except (ValueError, binascii.Error):
        return None
    return whole(key) if begin == "after" else None


def query_names(kind: RecordKind) -> list[str]:
    """What an address may ask of a list of this kind."""
    words = ["q"] if kind.listing is not None and kind.listing.search else []
    return [*kind.filters, *bounds(kind), *listed_filters(kind), *words, "after", "limit"]


def bounds(kind: RecordKind) -> dict[str, tuple[RecordField, str]]:
    """Names that ask for days or moments from one on, or until another, each with its field and look-up."""
    days = [field for field in kind.filters.values() if field.kind in (DATE, MOMENT)]
    return {f"{field.name}{end}": (field, look) for field in days for end, look in BEGINS.items()}


def listed_filters(kind: RecordKind) -> dict[str, Filter]:
    """What the list of the page narrows by beyond the fields of the record."""
    filters = kind.listing.filters if kind.listing is not None else ()
    return {filter_.name: filter_ for filter_ in filters if filter_.name not in kind.filters}


class _Unfitting(Exception):
    """A filter that cannot be read, and what is expected instead."""

    def __init__(self, expected: Text) -> None:
        super().__init__(expected.en)
        self.expected = expected


def _fitting(kind: RecordKind, rows: Any, name: str, words: str) -> Any:
    """The rows that fit one filter."""
    if fault_in(words):
        raise _Unfitting(READABLE)
    if name in kind.filters:
        return rows.filter(**condition(kind, kind.filters[name], "", words))
    if name in bounds(kind):
        field, look = bounds(kind)[name]
        return rows.filter(**condition(kind, field, look, words))
    if listed := listed_filters(kind).get(name):
        choices = listed.choices
        if words not in choices:
            raise _Unfitting(same(" / ".join(choices)))
        return listed.apply(rows, words)
    search = kind.listing.search if kind.listing is not None else ()
    if name != "q" or not search:
        raise _Unfitting(NO_FILTER.format(names=", ".join(query_names(kind))))
    if not words.strip():
        return rows
    if callable(search):
        return search(rows, words.strip())
    matching = rows.filter(reduce(or_, (Q(**{f"{look}__icontains": words.strip()}) for look in search)))
    return rows.filter(pk__in=matching.order_by().values("pk"))  # once, however many of its names match


def condition(kind: RecordKind, field: RecordField, bound: str, words: str) -> dict[str, Any]:
    """What the database is asked for, for a field or for a bound of its days."""
    if field.words is not None and words not in field.words:
        raise _Unfitting(same(" / ".join(field.words)))
    target = target_of(kind, field) if field.kind == RECORD else None
    if target is not None:
        return {f"{field.path}__in": with_code(target, target.model._base_manager.all(), words)}
    value: Any = words
    if field.kind in (WHOLE, RECORD):
        value = whole(words)
    elif field.kind in (DATE, MOMENT):
        spelled = spelled_day(words)
        value = date.fromisoformat(spelled.value) if spelled.readable and spelled.value else None
    elif field.kind == YES:
        value = {"true": True, "false": False}.get(words)
    if value is None:
        raise _Unfitting(EXPECTED.get(field.kind, READABLE))
    look = f"{field.path}__date" if field.kind == MOMENT else field.path
    return {f"{look}__{bound}" if bound else look: value}


def misfit(kind: RecordKind, name: str, words: str, expected: Text) -> Finding:
    """What stands wrongly in a query: where, what was found, what is expected."""
    readable = same("".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words[:80]))
    message = NOT_FITTING.format(name=name, found=readable, expected=expected)
    return Finding("API-QUERY", ERROR, kind.name, name, readable, expected, message)
