"""How records of this stream are explained: with their facts, files and the evidence of their acts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model

from tanzhi.actions.references import reference
from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.calculated import calculation_ref
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.rulebook.kernel import Text, Value
from tanzhi.rulebook.kernel.text import same
from tanzhi.workflow.dossier.model import Attachment

from .codes import listed_names

SCORE, OPTIONS = "policy.score", "policy.options"
TEAM, REPORTER = Text("帮扶人员", "Team"), Text("报送人", "Reported by")
NAMES = (TEAM, REPORTER)  # of officials: for those who work with the record, also once it is public
Details = Iterable[tuple[Text, Any]]


def records(model: type[Model], facts: Callable[[Any], Details], below: Callable[[Any], Iterable[LineageNode]]) -> None:
    """Register who explains a kind of record: it is shown with its facts, its files and the evidence of its acts."""

    def explain(ref: Ref) -> LineageNode:
        record = explained_record(model, ref)
        return LineageNode(
            ref=str(ref),
            label=record.name,
            value="1",
            facts=facts_of(record, facts(record)),
            parts=(*below(record), *entries_of(record)),
            link=record.get_absolute_url(),
        )

    explains(model._meta.label_lower)(explain)


def facts_of(record: Any, details: Details) -> tuple[Fact, ...]:
    """What a record says of itself; names of officials, and files that it does not publish, are for those inside."""
    own = []
    for label, value in details:
        if value not in (None, "", []):
            words = listed_names(value) if isinstance(value, list) else value
            text = words if isinstance(words, Text) else same(str(words))
            own.append(Fact(label, text, inside=record.place if label in NAMES else None))
    state = [Fact(Text("状态", "State"), record.state_label)] if hasattr(record, "state_label") else []
    beside = Attachment.objects.filter(case=reference(record))
    listed = [
        Fact(
            Text("附件", "File"),
            Text(f"{file.label.zh} · {file.name}", f"{file.label.en} · {file.name}"),
            file.address,
            inside=None if record.publishes(file.title) else record.place,
        )
        for file in beside
    ]
    return (*state, *own, *listed)


def no_parts(_record: Any) -> Iterable[LineageNode]:
    return ()


def calculated_node(kind: str, record: Any, value: Value) -> LineageNode:
    """A value that the rulebook gives for a record, as a part of it; its own page walks on."""
    return LineageNode(
        ref=calculation_ref(kind, record.pk, value),
        label=value.label,
        value=value.number if not isinstance(value.number, bool) else str(value.number),
        unit=value.rule.unit if value.rule and value.rule.unit != "1" else "",
        state=value.state,
        parts_count=1,
    )


def explained_record(model: type[Model], ref: Ref) -> Any:
    return record_of(model._base_manager.all(), ref)
