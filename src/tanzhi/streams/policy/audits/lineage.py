"""An audit as a step of the walk; below it what its options bring."""

from __future__ import annotations

from tanzhi.figures import Ref, explains
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.lineage import OPTIONS, Details, calculated_node, explained_record, facts_of, records

from .model import Audit


def _of_audit(audit: Audit) -> Details:
    yield Text("名单", "List"), audit.audit_list.name
    yield Text("列入情形", "Grounds"), audit.ground_labels
    yield Text("启动日期", "Started on"), audit.started_on
    yield Text("完成日期", "Finished on"), audit.finished_on
    yield Text("确认日期", "Confirmed on"), audit.confirmed_on


records(
    Audit,
    _of_audit,
    lambda audit: [
        calculated_node(OPTIONS, audit, root.value(name))
        for root in ([audit.worth()] if audit.options else [])
        for name in ("investment_in_all", "payback_years", "emission_avoided")
    ],
)


@explains(OPTIONS, of="policy.Audit")
def options(ref: Ref) -> Calculation:
    """What an audit's options cost and bring; the inputs come from its report."""
    audit = explained_record(Audit, ref)
    return Calculation(
        audit.worth(), facts=lambda _: facts_of(audit, _of_audit(audit)), sources=lambda _: entries_of(audit)
    )
