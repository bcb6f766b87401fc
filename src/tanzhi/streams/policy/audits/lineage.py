"""An audit as a step of the walk; below it what its options bring."""

from __future__ import annotations

from collections.abc import Iterable

from tanzhi.figures import LineageNode, Ref, explains
from tanzhi.figures.calculated import Calculation, calculation_ref
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import OPTIONS, Details, displayed_number, explained_record, facts_of, records

from .model import Audit


def _of_audit(audit: Audit) -> Details:
    yield Text("名单", "List"), audit.audit_list.name
    yield Text("列入情形", "Grounds"), audit.ground_labels
    yield Text("启动日期", "Started on"), audit.started_on
    yield Text("完成日期", "Finished on"), audit.finished_on
    yield Text("确认日期", "Confirmed on"), audit.confirmed_on


def _options(audit: Audit) -> Iterable[LineageNode]:
    """What the options bring, by their formulas."""
    if not audit.options:
        return ()
    root = audit.worth()
    values = [root.value(name) for name in ("investment_in_all", "payback_years", "emission_avoided")]
    return [
        LineageNode(ref=calculation_ref(OPTIONS, audit.pk, value), label=value.label, value=displayed_number(value),
             unit=value.rule.unit if value.rule and value.rule.unit != "1" else "", state=value.state, parts_count=1)
        for value in values
    ]  # fmt: skip


records(Audit, _of_audit, _options)


@explains(OPTIONS, of="policy.Audit")
def options(ref: Ref) -> Calculation:
    """What an audit's options cost and bring; the inputs come from its report."""
    audit = explained_record(Audit, ref)
    return Calculation(
        audit.worth(), facts=lambda _: facts_of(audit, _of_audit(audit)), sources=lambda _: entries_of(audit)
    )
