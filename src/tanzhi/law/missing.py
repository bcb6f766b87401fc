"""Parameters that a computation needed and the law of the day does not have: who files is told, and for what."""

from __future__ import annotations

from collections.abc import Iterator

from tanzhi.rulebook.kernel import Finding, RecordNode, Text, Value
from tanzhi.rulebook.kernel.finding import QUESTION
from tanzhi.rulebook.kernel.states import NOT_DETERMINABLE

CODE = "LAW-MISSING-PARAMETER"
MESSAGE = Text("{quantity}无法计算：{reason}", "{quantity} cannot be computed: {reason}")
EXPECTED = Text("{name} 的数值（由管理员录入）", "a value of {name} (entered by an administrator)")
REMEDY = Text(
    "请主管部门管理员录入该参数；如须按期存证，请在此说明，参数录入后重新核算",
    "an administrator enters the parameter; to deposit in time, say so here: it is re-evaluated once there is a value",
)


def missing_parameters(node: RecordNode) -> list[Finding]:
    """One question for each parameter, with its keys, for want of which something is not computed."""
    by_name: dict[str, Finding] = {}
    for here in reversed(list(node.walk())):
        for value in here.all_values():
            for lacking in _lacking(value, set()):
                expected = EXPECTED.format(name=lacking.label)
                words = {"quantity": value.label, "reason": lacking.reason or expected}
                by_name.setdefault(
                    _named(lacking),
                    Finding(
                        CODE, QUESTION, here.path, "", _named(lacking), expected, MESSAGE.format(**words), remedy=REMEDY
                    ),
                )
    return list(reversed(by_name.values()))


def _named(lacking: Value) -> str:
    keys = ", ".join(f"{name}={key.number}" for name, key in lacking.made_of.items() if isinstance(key, Value))
    return f"{lacking.name} ({keys})" if keys else lacking.name


def _lacking(value: Value, seen: set[int]) -> Iterator[Value]:
    """The parameter without an entry that an undeterminable value comes down to, by the branch that was taken."""
    if value.state != NOT_DETERMINABLE or id(value) in seen:
        return
    seen.add(id(value))
    if value.parameter is not None and value.entry is None:
        yield value
    for part in value.parts():
        if part.reason == value.reason:  # what is missing in a branch that was not taken is not what stopped it
            yield from _lacking(part, seen)
