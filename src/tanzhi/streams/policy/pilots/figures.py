"""Published figures of pilots: rows 6 and 8."""

from __future__ import annotations

from collections.abc import Iterable

from tanzhi.figures import FigureAnswer, Question, figure
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.streams.policy.shared.codes import listed_names
from tanzhi.streams.policy.shared.figure_parts import POLICY, counted_records

from .model import Pilot
from .queries import pilots


@figure(
    "policy.synergy_cities",
    title=Text("减污降碳协同试点城市", "Pilot cities of synergy"),
    unit="cities",
    stream=POLICY,
    row=6,
)
def synergy_cities(question: Question) -> FigureAnswer:
    """Cities named pilots of synergy between pollution and carbon reduction (减污降碳协同创新试点城市)."""
    return _pilots(question, "synergy", "city", "cities")


@figure(
    "policy.synergy_parks",
    title=Text("减污降碳协同试点园区", "Pilot parks of synergy"),
    unit="parks",
    stream=POLICY,
    row=6,
)
def synergy_parks(question: Question) -> FigureAnswer:
    """Parks named pilots of synergy (减污降碳协同创新试点园区)."""
    return _pilots(question, "synergy", "park", "parks")


@figure(
    "policy.synergy_plans",
    title=Text("已审定任务清单并印发实施方案的试点", "Pilots with an approved task list and an issued plan"),
    unit="pilots",
    stream=POLICY,
    row=6,
)
def synergy_plans(question: Question) -> FigureAnswer:
    """Pilots whose task list was approved and whose implementation plan was issued by the end of the period."""
    last = question.span.last
    rows = [
        pilot
        for pilot in pilots(region_of(question), last, "synergy")
        if pilot.list_approved_on and pilot.plan_issued_on and pilot.plan_issued_on <= last
    ]
    return counted_records(rows, "pilots", Text("已印发实施方案的试点", "pilots with a plan"), _names(rows))


def _pilots(question: Question, topic: str, kind: str, unit: str) -> FigureAnswer:
    rows = [pilot for pilot in pilots(region_of(question), question.span.last, topic) if pilot.kind == kind]
    return counted_records(rows, unit, Text("已公布的试点", "pilots named"), _names(rows))


def _names(rows: Iterable[Pilot]) -> Text | None:
    names = [pilot.title for pilot in rows]
    return listed_names(names) if names else None


@figure(
    "policy.adaptation_pilots",
    title=Text("气候适应型城市试点", "Pilots of climate-resilient cities"),
    unit="cities",
    stream=POLICY,
    row=8,
)
def adaptation_pilots(question: Question) -> FigureAnswer:
    """Cities named pilots of climate resilience (深化气候适应型城市建设试点)."""
    return _pilots(question, "adaptation", "city", "cities")
