"""The published figures of CCER: rows 35 to 37 of the press conference; every stage is that of the period's end."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal

from tanzhi.actions.language import listed
from tanzhi.figures import FigureAnswer, Part, Question, count_of, figure, group, sum_of
from tanzhi.figures.calculated import calculation_ref
from tanzhi.figures.places import region_of
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.text import same

from .calculation import design_as_stored
from .lineage import DESIGN_KIND
from .models import REGISTERED, STAGES, VALIDATING, CreditProject
from .queries import admitted

COUNT = Text("计数：项目", "count of the projects")
NUMERALS = "一二三四五六七八九十"


def _rows(question: Question) -> list[CreditProject]:
    """The library at the period's end; filters name a batch, a methodology, a stage."""
    filters, until = question.filters, question.span.last
    rows = [
        project
        for project in admitted(region_of(question), until)
        if project.state not in ("withdrawn", "deregistered")
        or project.closed_at is None
        or project.closed_at.date() > until
    ]
    if "batch" in filters:
        rows = [project for project in rows if project.batch == filters["batch"]]
    if "methodology" in filters:
        rows = [project for project in rows if project.methodology == filters["methodology"]]
    return [project for project in rows if project.stage_on(until) == filters["stage"]] if "stage" in filters else rows


def _part(project: CreditProject, question: Question) -> Part:
    stage = STAGES[project.stage_on(question.span.last)]
    detail = Text("{method}，{stage}", "{method}, {stage}").format(method=project.method_name, stage=stage)
    return Part(project.name, Decimal(1), "projects", ref=f"ccer.project:{project.pk}", detail=detail)


def batch_words(code: str) -> Text:
    """A batch (第一批, or 1) as a sentence says it; a name that counts none stands as it was entered."""
    counted = re.fullmatch("第?([一二三四五六七八九十]|[1-9][0-9]?)批?", code)
    if counted is None:
        return same(code)
    number = NUMERALS.find(counted[1]) + 1 or int(counted[1])
    return Text(f"第{counted[1]}批", f"batch {number}")


@figure("ccer.library", title=Text("CCER 储备项目", "Projects of the library"), unit="projects", stream="ccer", row=35)
def library(question: Question) -> FigureAnswer:
    """Projects that the province's library holds at the period's end (储备项目)."""
    rows = _rows(question)
    batches = [batch_words(code) for code in sorted({project.batch for project in rows})]
    scope = listed(batches) if batches else None
    return count_of([_part(project, question) for project in rows], COUNT, scope)


@figure(
    "ccer.preparing",
    title=Text("开发中的 CCER 项目", "Projects in preparation"),
    unit="projects",
    stream="ccer",
    row=36,
)
def preparing(question: Question) -> FigureAnswer:
    """Projects of the library that are not registered yet, by methodology and stage (正在开发的项目)."""
    until = question.span.last
    rows = [project for project in _rows(question) if project.stage_on(until) != REGISTERED]
    kinds: dict[str, list[CreditProject]] = {}
    for project in rows:
        kinds.setdefault(project.methodology, []).append(project)
    parts, texts = [], []
    for _, own in sorted(kinds.items()):
        method = own[0].method_name
        label = Text("{method}", "{method}").format(method=method)
        parts.append(group(label, [_part(project, question) for project in own], "projects"))
        # Afforestation 14 (in the library 10, …), solar thermal 9 (…).
        stages = [(STAGES[code], n) for code, n in Counter(project.stage_on(until) for project in own).most_common()]
        zh = "、".join(f"{text.zh}{n}个" for text, n in stages)
        en = ", ".join(f"{n} {text.en}" for text, n in stages)
        texts.append(Text(f"{method.zh}{len(own)}个（{zh}）", f"{method.en}, {len(own)} ({en})"))
    if not parts:
        return count_of([], COUNT)
    return sum_of(parts, COUNT, Text("；".join(text.zh for text in texts), "; ".join(text.en for text in texts)))


@figure(
    "ccer.in_validation",
    title=Text("公示并进入审定的项目", "Projects noticed and in validation"),
    unit="projects",
    stream="ccer",
    row=37,
)
def in_validation(question: Question) -> FigureAnswer:
    """Projects whose design stood in public notice and that were in validation at the period's end (审定中的项目)."""
    until = question.span.last
    rows = [project for project in _rows(question) if project.stage_on(until) == VALIDATING]
    names = "、".join(project.name.zh for project in rows), ", ".join(project.name.en for project in rows)
    return count_of([_part(project, question) for project in rows], COUNT, Text(*names) if rows else None)


@figure("ccer.expected", title=Text("预计减排量", "Reduction expected"), unit="t", stream="ccer")
def expected(question: Question) -> FigureAnswer:
    """What the designs of the library's projects expect, for the period each of them reckons (预计减排量)."""
    parts = []
    for project in _rows(question):
        if project.expected and (project.designed_on or question.span.first) <= question.span.last:
            value = design_as_stored(project).value("reduction")
            tonnes, ref = Decimal(project.expected), calculation_ref(DESIGN_KIND, project.pk, value)
            method = same(project.methodology)
            parts.append(Part(project.name, tonnes, "t", ref=ref, marks=value.marks, detail=method))
    return sum_of(parts, Text("Σ 设计文件预计减排量", "Σ reduction expected by the designs"))
