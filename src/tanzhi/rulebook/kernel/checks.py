"""Puts a guideline's checks to every record of a tree; what they find comes back all at once.

A check sees what a rule of its level sees. It answers
- yes or no for its own record, or
- for children (`month_emission > 2 * others(month_emission)`) yes or no for each: the finding stands at the child.
An argument that is absent and may not be, or an answer that is absent, is no finding: blanks are the form's business.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .children import Children
from .entries import Parameter
from .finding import Finding
from .records import RecordNode, call
from .rounding import plain, shortened
from .rules import Check
from .states import KNOWN, STATES, Absent
from .text import Text, in_language, same
from .values import Value

Inputs = dict[str, Value | list[Value]]


def check(node: RecordNode) -> list[Finding]:
    """The findings of every check in force, record by record, here and below."""
    checks = node.assessment.edition.checks
    # A month is asked what is law in it, a year what is law on all its days; a month of another year as its year.
    return [
        finding
        for here in node.walk()
        for asking in checks
        if asking.level == here.level and (asking.covers(here.period) or here.period.first.year != here.year)
        for finding in _findings(asking, here)
    ]


def _findings(check: Check, node: RecordNode) -> Iterator[Finding]:
    made_of: Inputs = {a.name: node.look(a.name) for a in check.arguments}
    needed = [made_of[a.name] for a in check.arguments if not a.optional]
    if any(isinstance(value, Value) and value.state != KNOWN for value in needed):
        return
    answer = call(check.function, made_of)
    if isinstance(answer, Children):
        for i, yes in enumerate(answer):
            if not isinstance(yes, Absent) and yes:
                # What the check saw, with only this child's values out of the lists of its level.
                size = len(answer)
                yield _finding(
                    check, node, {n: m[i] if isinstance(m, list) and len(m) == size else m for n, m in made_of.items()}
                )
    elif not isinstance(answer, Absent) and answer:
        yield _finding(check, node, made_of)


def _finding(check: Check, node: RecordNode, made_of: Inputs) -> Finding:
    seen = {name: written(value) for name, value in made_of.items()}
    fields = [made_of[name] for name in check.fields]
    nodes = [m.node for m in fields if isinstance(m, Value) and m.node]
    deepest = max(nodes, key=lambda n: len(node.guideline.line(n.level)), default=node)
    actual = _joined([written(value) for value in fields])
    expected = check.expected.format(**seen)
    message = check.message.format(**seen | {"found": actual, "expected": expected, "place": deepest.path})
    place = deepest.path if node.level in node.guideline.line(deepest.level) else node.path
    return Finding(
        check.code, check.severity, place, ", ".join(check.fields), actual, expected, message, check.law, check.remedy
    )


def written(value: Value | list[Value]) -> Text:
    """A value with its unit, a day as days are written, or values in a row."""
    if isinstance(value, list):
        return _joined([written(v) for v in value])
    if value.state != KNOWN:
        return STATES[value.state]
    if value.rule and value.rule.options:
        return value.rule.options.get(str(value.number)) or same(str(value.number))
    number: Any = value.number
    words = number if isinstance(number, str) else str(number) if isinstance(number, bool) else plain(shortened(number))
    if value.unit == "YYYYMMDD":  # a day that a parameter names
        return same(f"{words[:4]}-{words[4:6]}-{words[6:]}")
    unit = "" if value.unit == "1" else "%" if value.unit == "%" else f" {value.unit}"
    return same(f"{words}{unit}") if isinstance(value.parameter, Parameter) or value.rule else same(words)


def _joined(texts: list[Text]) -> Text:
    return Text(*("; ".join(str(in_language(t, language)) for t in texts) or "-" for language in ("zh", "en")))
