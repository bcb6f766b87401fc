"""Puts a guideline's checks to every record of a tree; what they find comes back all at once.

A check sees what a rule of its level sees. It answers
- yes or no for its own record, or
- for children (`month_emission > 2 * others(month_emission)`) yes or no for each: the finding stands at the child.
An argument that is absent and may not be, or an answer that is absent, is no finding: blanks are the form's business.
"""

from __future__ import annotations

from itertools import product
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
    findings: list[Finding] = []
    for here, asking in product(node.walk(), node.assessment.edition.checks):
        if asking.level != here.level:
            continue
        # A month is asked what is law in it, a year what is law on all its days; a month of another year as its year.
        if not asking.covers(here.period) and here.period.first.year == here.year:
            continue
        made_of: Inputs = {a.name: here.look(a.name) for a in asking.arguments}
        needed = [made_of[a.name] for a in asking.arguments if not a.optional]
        if any(isinstance(value, Value) and value.state != KNOWN for value in needed):
            continue
        answer = call(asking.function, made_of)
        each = isinstance(answer, Children)
        for i, yes in enumerate(answer if each else [answer]):
            if not isinstance(yes, Absent) and yes:
                # What the check saw; of a child only its own values out of the lists of its level.
                size = len(answer) if each else None
                seen = {n: m[i] if isinstance(m, list) and len(m) == size else m for n, m in made_of.items()}
                findings.append(_finding(asking, here, seen))
    return findings


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
