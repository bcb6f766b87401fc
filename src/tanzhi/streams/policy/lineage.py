"""From a part of a figure to its record with facts, files and evidence; from a score to the reports."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.utils import timezone

from tanzhi.actions.actor import Actor
from tanzhi.actions.references import reference
from tanzhi.figures import Fact, Node, Ref, Unanswerable, explains
from tanzhi.figures.calculated import Calculation, calculation_ref, calculations
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.law.evaluation import evaluate
from tanzhi.organisations.models import Organisation
from tanzhi.rulebook.cleaner import cleaner
from tanzhi.rulebook.kernel import Text, Value
from tanzhi.rulebook.kernel.text import same
from tanzhi.workflow.dossier.model import Attachment

from . import scoring
from .document_models import listed_names
from .models import (
    Audit,
    Consultation,
    Document,
    Event,
    Participation,
    Pilot,
    Recommendation,
    Report,
    Round,
    Task,
    Visit,
)
from .task_models import CO, LEAD

SCORE, OPTIONS = "policy.score", "policy.options"
TEAM, REPORTER = Text("帮扶人员", "Team"), Text("报送人", "Reported by")
NAMES = (TEAM, REPORTER)  # of officials: for those who work with the record, also once it is public
Told = Iterable[tuple[Text, Any]]
_REPORT = re.compile(r"tasks\[(?P<task>[^\]]+)\]\.indicators\[(?P<who>[^\]]+)-[^\]-]+\]")


def records(model: type[Model], facts: Callable[[Any], Told], below: Callable[[Any], Iterable[Node]]) -> None:
    """Register who explains a kind of record: it is shown with its facts, its files and the evidence of its acts."""

    def explain(ref: Ref, viewer: Actor | None) -> Node:
        found = _one(model, ref)
        parts = (*below(found), *entries_of(found))
        inside = viewer is not None and viewer.works_with(found.place)
        own = [fact for fact in facts(found) if inside or fact[0] not in NAMES]
        return Node(
            ref=str(ref),
            label=found.name,
            value="1",
            facts=_facts(found, own, files=inside),
            parts=parts,
            parts_count=len(parts),
            link=found.get_absolute_url(),
        )

    explains(model._meta.label_lower)(explain)


def _facts(record: Any, told: Told, *, files: bool = True) -> tuple[Fact, ...]:
    own = [Fact(label, _worded(words)) for label, words in told if words not in (None, "", [])]
    state = [Fact(Text("状态", "State"), record.state_label)] if hasattr(record, "state_label") else []
    beside = Attachment.objects.filter(case=reference(record))
    shown = [file for file in beside if files or record.publishes(file.title)]
    listed = [Fact(Text("附件", "File"), same(f"{file.title} · {file.name}"), file.address) for file in shown]
    return (*state, *own, *listed)


def _worded(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if isinstance(value, list):
        return listed_names(value)
    return same(str(value))


def _nothing(_record: Any) -> Iterable[Node]:
    return ()


def _leads(rows: Iterable[Any]) -> Iterable[Node]:
    """Records below as steps that can be asked for."""
    return [Node(ref=reference(one), label=one.name, value="1", parts_count=1) for one in rows]


def _names(organisations: Iterable[Organisation]) -> list[Text]:
    return [one.name for one in organisations]


_TASK_WORDS = {
    "lead": Text("牵头单位", "Lead"),
    "co": Text("配合单位", "Supporting"),
    "due": Text("完成时限", "Due"),
    "light": Text("预警灯", "Light"),
}


def _of_document(one: Document) -> Told:
    yield Text("发文单位", "Issued by"), one.issuer_names
    yield Text("文号", "Number"), one.number
    yield Text("印发日期", "Issued on"), one.issued_on
    yield Text("效力", "Standing"), one.standing_label
    yield Text("条款", "Clauses"), one.clauses.count()
    yield Text("任务", "Tasks"), one.tasks.count()
    yield Text("来源", "Source"), one.source


def _of_task(one: Task) -> Told:
    yield Text("所属文件", "Document"), one.document.title if one.document else None
    yield Text("条款", "Clause"), one.clause.name if one.clause else None
    yield _TASK_WORDS["lead"], _names(one.organisations(LEAD))
    yield _TASK_WORDS["co"], _names(one.organisations(CO))
    yield _TASK_WORDS["due"], one.due_on
    yield _TASK_WORDS["light"], one.light_label


def _of_round(one: Round) -> Told:
    yield Text("统计截至", "As of"), one.as_of
    yield Text("报送时限", "Reports due"), one.due_on
    yield Text("清单得分", "Score of the list"), one.score


def _of_report(one: Report) -> Told:
    yield Text("报送单位", "Told by"), one.organisation.name
    yield Text("报送时间", "Told at"), _moment(one.reported_at)
    yield Text("预警灯", "Light"), one.light_label


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


def _of_pilot(one: Pilot) -> Told:
    yield Text("试点", "Programme"), one.programme
    yield Text("公布日期", "Named on"), one.named_on
    yield Text("公布文件", "Named by"), one.document.title if one.document else None
    yield Text("任务清单审定", "Task list approved"), one.list_approved_on
    yield Text("实施方案", "Plan"), one.plan_title
    yield Text("实施方案印发", "Plan issued"), one.plan_issued_on


def _of_consultation(one: Consultation) -> Told:
    yield Text("来文单位", "Asked by"), one.asked_by
    yield Text("收文日期", "Received on"), one.received_on
    yield Text("反馈时限", "Comments due"), one.due_on
    yield Text("反馈日期", "Returned on"), one.returned_on
    yield Text("反馈意见条数", "Comments"), one.comments


def _of_visit(one: Visit) -> Told:
    yield Text("企业", "Enterprise"), one.organisation.name
    yield Text("帮扶日期", "Held on"), one.held_on
    yield TEAM, one.team


def _of_event(one: Event) -> Told:
    yield Text("类别", "Kind"), one.kind_label
    yield Text("日期", "Day"), one.on
    yield Text("主题", "Theme"), one.theme
    yield Text("主会场", "Main venue"), one.host.name if one.host else None
    yield Text("参加人数", "People"), one.attended


def _of_participation(one: Participation) -> Told:
    yield Text("地区", "Region"), one.region.name
    yield Text("活动场次", "Activities"), one.activities
    yield Text("参与人数", "People"), one.people
    yield REPORTER, one.person_name


def _of_recommendation(one: Recommendation) -> Told:
    yield Text("地区", "Region"), one.region.name
    yield Text("推荐至", "Recommended to"), one.to
    yield Text("推荐日期", "Recommended on"), one.recommended_on


def _of_audit(one: Audit) -> Told:
    yield Text("名单", "List"), one.audit_list.name
    yield Text("列入情形", "Grounds"), one.ground_labels
    yield Text("启动日期", "Started on"), one.started_on
    yield Text("完成日期", "Finished on"), one.finished_on
    yield Text("确认日期", "Confirmed on"), one.confirmed_on


def _reports(one: Task) -> Iterable[Node]:
    return _leads(one.reports.select_related("round", "organisation", "task").order_by("-round__as_of"))


def _score(one: Round) -> Iterable[Node]:
    """The score of the round by its formula; its inputs lead to the reports."""
    value = scoring.as_stored(one).value("score")
    node = Node(
        ref=calculation_ref(SCORE, one.pk, value), label=value.label, value=_shown(value), state=value.state,
        parts_count=1,
    )  # fmt: skip
    return (node,)


def _options(one: Audit) -> Iterable[Node]:
    """What the options bring, by their formulas."""
    if not one.options:
        return ()
    root = evaluate(cleaner, one.audit_list.year, {"options": one.options})
    found = [root.value(name) for name in ("investment_in_all", "payback_years", "emission_avoided")]
    return [
        Node(ref=calculation_ref(OPTIONS, one.pk, value), label=value.label, value=_shown(value),
             unit=_unit(value), state=value.state, parts_count=1)
        for value in found
    ]  # fmt: skip


def _shown(value: Value) -> Any:
    return value.number if not isinstance(value.number, bool) else str(value.number)


def _unit(value: Value) -> str:
    return value.rule.unit if value.rule and value.rule.unit != "1" else ""


records(Document, _of_document, _nothing)
records(Task, _of_task, _reports)
records(Round, _of_round, _score)
records(Report, _of_report, _nothing)
records(Pilot, _of_pilot, lambda one: _leads(one.tasks.select_related("region")))
records(Consultation, _of_consultation, _nothing)
records(Visit, _of_visit, _nothing)
records(Event, _of_event, _nothing)
records(Participation, _of_participation, _nothing)
records(Recommendation, _of_recommendation, _nothing)
records(Audit, _of_audit, _options)


@calculations(SCORE, of="policy.Round")
def score(ref: Ref, viewer: Actor | None) -> Calculation:
    """A round's score, for whoever may see the round; each input leads to the report that told it."""
    found = _one(Round, ref)
    reports = {(one.task.number, one.organisation.code): one for one in scoring.reports_of(found)}

    def told(path: str) -> Report | None:
        where = _REPORT.match(path)
        return reports.get((where["task"], where["who"])) if where else None

    return Calculation(
        scoring.as_stored(found),
        facts=lambda path: _facts(one, _of_report(one)) if (one := told(path)) else (),
        sources=lambda path: entries_of(one) if (one := told(path)) else (),
        stored_release=found.release,
        today=lambda: scoring.evaluated(found),
    )


@calculations(OPTIONS, of="policy.Audit")
def options(ref: Ref, viewer: Actor | None) -> Calculation:
    """What an audit's options cost and bring; the inputs come from its report."""
    found = _one(Audit, ref)
    root = evaluate(cleaner, found.audit_list.year, {"options": found.options})
    return Calculation(root, facts=lambda _: _facts(found, _of_audit(found)), sources=lambda _: entries_of(found))


def _one(model: type[Model], ref: Ref) -> Any:
    found = model._base_manager.filter(pk=ref.key).first()
    if found is None:
        raise Unanswerable("FIG-REF", _NO_RECORD.format(found=str(ref)))
    return found


_NO_RECORD = Text("没有 {found}", "there is no {found}")
