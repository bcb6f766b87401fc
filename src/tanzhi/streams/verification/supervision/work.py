"""The yearly evaluation as a table: proposed from figures, the body may state, decided by two, published by its day.

核查指南（试行） has the province evaluate bodies and publish it; 环办气候函〔2026〕32号 names three criteria and a day.
No national text that was read gives weights or grades: `rulebook/body_evaluation.py` has them as proposals [D].
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from tanzhi.actions.actor import Place
from tanzhi.actions.outcomes import Outcomes
from tanzhi.actions.reasons import Reason
from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.calendar.days import WORKING
from tanzhi.law.evaluation import day_in, evaluate, is_set
from tanzhi.organisations.register.choices import active, regions
from tanzhi.organisations.register.queries import organisation_by_code, region_by_code
from tanzhi.presentation.forms.fields import Attached, Choices, Long
from tanzhi.rulebook.body_evaluation import GRADES, body_evaluation
from tanzhi.rulebook.kernel import RecordNode
from tanzhi.rulebook.kernel.rounding import stored
from tanzhi.rulebook.kernel.text import Text
from tanzhi.workflow.clocks.limit import Limit
from tanzhi.workflow.clocks.model import Clock
from tanzhi.workflow.dossier.files import keep_files

from .measures import BodyMeasures, bodies_of
from .model import DECIDED, PROPOSED, PUBLISHED, STATED, BodyEvaluation

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region

LAW = "企业温室气体排放报告核查指南（试行）；环办气候函〔2026〕32号"
OFFICER, DIRECTOR, BODY = {"provincial_officer"}, {"provincial_director"}, {"verifier"}

PUBLIC_BY = "procedure.body_evaluation_due"


class EvaluationInput(Input):
    """Which body, and the verifications of which year."""

    region: Annotated[str, Field(min_length=1, max_length=12), Label("地区", "Region"), Choices(regions)]
    body: Annotated[
        str,
        Field(min_length=1, max_length=40),
        Label("核查机构", "Body"),
        Choices(active("verifier")),
    ]
    year: Annotated[int, Field(ge=2019, le=2100), Label("核查年度", "Year verified")]


class EvaluationStatementInput(Input):
    statement: Annotated[str, Field(min_length=4, max_length=4000), Label("说明", "Statement"), Long()]
    files: Annotated[list[str], Label("证明材料", "Proof"), Attached()] = Field(default_factory=list)


EVALUATED = Outcomes(GRADES)


class EvaluationDecisionInput(Input):
    outcome: Annotated[Literal["good", "fair", "poor"], Label("评估结果", "Result"), EVALUATED]
    reason: Annotated[Reason, Long()]


class EvaluationPublicationInput(Input):
    document: Annotated[str, Field(min_length=4, max_length=300), Label("公开文件", "Document")]


_STANDS = Text("{name}已有评估：{state}", "{name} is there already: {state}")
_NOTHING = Text(
    "{body} {year} 年度没有已出结论且有期限记录的核查，无从评估",
    "{body} concluded no verification of {year} with deadlines: nothing to evaluate by",
)
_HEAR = Text("机构可在 {day} 前提出说明，尚未提出；其后方可决定", "the body may state until {day}; decide after that")


def public_by(year: int) -> date | None:
    """The day until which bodies' verifications of a year's reports are evaluated; None where the law names none."""
    first = date(year + 1, 1, 1)
    return day_in(year + 1, PUBLIC_BY, on=first) if is_set(PUBLIC_BY, on=first) else None


STATE = Limit(
    "state",
    Text("机构说明", "The body's statement"),
    days="procedure.body_statement_days",
    unit=WORKING,
    who=BODY,
    law=LAW,
)
PUBLISH_BY = Limit(
    "publish",
    Text("公开评估结果", "Publish the evaluation"),
    due=lambda _call, evaluation: public_by(evaluation.year),
    who=OFFICER,
    escalate=DIRECTOR,
    law="环办气候函〔2026〕32号",
)


def propose(call: Call) -> BodyEvaluation:
    """What the figures come to for a body's year."""
    data: EvaluationInput = call.data
    region, body = region_by_code(data.region), organisation_by_code(data.body)
    standing = BodyEvaluation.objects.filter(region=region, body=body, year=data.year).select_related("body").first()
    if standing is not None:
        raise Refused("EVA-STANDS", _STANDS.format(name=standing.name, state=standing.state_label), 409)
    evaluation = BodyEvaluation(region=region, body=body, year=data.year)
    count_again(call, evaluation)
    return evaluation


def count_again(call: Call, evaluation: BodyEvaluation) -> None:
    """The figures as they are today, by the weights of today."""
    measures = measures_of(evaluation.region, evaluation.body_id, evaluation.year)
    if measures is None or not (measures.concluded and measures.due):
        message = _NOTHING.format(body=evaluation.body.name, year=evaluation.year)
        raise Refused("EVA-NOTHING", message, 409)
    evaluation.measures, body = scored(measures, call.today)
    evaluation.rows = [
        {
            "code": row.case.organisation.code,
            "in_time": row.in_time == row.due,
            "stood": not row.changed,
            "findings": row.findings,
        }
        for row in measures.cases
        if row.concluded
    ]
    evaluation.score, evaluation.proposed = (str(body.value(name).number) for name in ("score", "grade"))
    call.attach("score", evaluation.score)


def measures_of(region: Region, body: int, year: int) -> BodyMeasures | None:
    return next((row for row in bodies_of(region, year) if row.body.pk == body), None)


def scored(measures: BodyMeasures, on: date) -> tuple[dict[str, Any], RecordNode]:
    """Each criterion as a ratio of sums with its weight and points, and the body's year as the law of a day has it."""
    ratios = {
        "quality": (measures.concluded - measures.changed, measures.concluded),
        "compliance": (measures.number - measures.conflicts, measures.number),
        "timeliness": (measures.in_time, measures.due),
    }
    rows = [{"criterion": code, "fulfilled": str(n), "counted": str(of)} for code, (n, of) in ratios.items()]
    body = evaluate(body_evaluation, on, {"criteria": rows})
    parts = {}
    for node in body.at("criterion"):
        above, below = ratios[node.key]
        parts[node.key] = {
            "above": above,
            "below": below,
            "weight": stored(node.value("body_weight").number),
            "points": stored(node.value("criterion_points").number),
        }
    return parts, body


def state_on(call: Call, evaluation: BodyEvaluation) -> None:
    """What the body says to it, with its papers."""
    evaluation.statement = call.data.statement
    keep_files(call, evaluation, call.data.files, evaluation.reference, Text("机构说明", "Statement of the body"))


def hear_first(call: Call, evaluation: BodyEvaluation) -> None:
    """Nobody is judged before he could speak."""
    waits = Clock.objects.filter(
        subject=evaluation.reference, limit=STATE.code, state=Clock.RUNNING, due_on__gte=call.today
    ).first()
    if waits is not None:
        raise Refused("EVA-HEAR", _HEAR.format(day=waits.due_on.isoformat()), 409)


def decide_on(call: Call, evaluation: BodyEvaluation) -> None:
    """The grade, with the reason; two people, whatever the figures proposed."""
    evaluation.grade, evaluation.opinion = call.data.outcome, call.data.reason
    call.attach("grade", evaluation.grade)


def publish(call: Call, evaluation: BodyEvaluation) -> None:
    """Make it public with its figures."""
    evaluation.document, evaluation.published_on = call.data.document, call.today
    evaluation.published = True
    call.attach("grade", evaluation.grade)


EVALUATION = CaseType(
    "verification.evaluation",
    model=BodyEvaluation,
    title=Text("核查机构评估", "Evaluation of a verification body"),
    law=LAW,
    comments=frozenset(OFFICER | DIRECTOR),
    states=(
        State(PROPOSED, Text("已拟定", "Proposed"), tone="due"),
        State(STATED, Text("机构已说明", "The body has stated"), tone="info", aside=True),
        State(DECIDED, Text("已决定，待公开", "Decided, to be published"), tone="due"),
        State(PUBLISHED, Text("已公开", "Published"), tone="ok", end=True),
    ),
    opening=Opening(
        "verification.propose_evaluation",
        Text("拟定机构评估", "Propose an evaluation"),
        by=OFFICER,
        do=propose,
        place=lambda data: Place(region_path=region_by_code(data.region).path),
        input=EvaluationInput,
        starts=(STATE, PUBLISH_BY),
    ),
    moves=(
        Move("verification.recount_evaluation", Text("重新计算", "Count again"), leaves=(PROPOSED, STATED), enters=None,
             by=OFFICER, do=count_again, forward=False),
        Move("verification.state_on_evaluation", Text("提出说明", "State on the evaluation"), leaves=(PROPOSED,),
             enters=STATED, by=BODY, input=EvaluationStatementInput, do=state_on, stops=(STATE,)),
        Move("verification.decide_evaluation", Text("决定评估结果", "Decide the evaluation"), leaves=(PROPOSED, STATED),
             enters=DECIDED, by=OFFICER, second_person=True, approvers=DIRECTOR, input=EvaluationDecisionInput,
             guard=hear_first, do=decide_on, stops=(STATE,)),
        Move("verification.publish_evaluation", Text("公开评估结果", "Publish the evaluation"), leaves=(DECIDED,),
             enters=PUBLISHED, by=OFFICER | DIRECTOR, input=EvaluationPublicationInput, do=publish,
             stops=(PUBLISH_BY,)),
    ),
)  # fmt: skip
