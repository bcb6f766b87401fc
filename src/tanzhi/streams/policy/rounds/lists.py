"""Rounds and their reports as lists."""

from __future__ import annotations

from tanzhi.presentation.lists.listing import Column, Filter, Listing
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import LIGHTS, TONES

from .work import REPORT, ROUND

ROUNDS = Listing(
    "policy.rounds",
    title=Text("调度", "Rounds of dispatching"),
    noun=Text("轮", "rounds"),
    columns=(
        Column("title", Text("调度", "Round"), kind="link", link=lambda row: row.get_absolute_url()),
        Column("as_of", Text("统计截至", "As of"), kind="date", sort="as_of"),
        Column("due_on", Text("报送时限", "Reports due"), kind="date", sort="due_on"),
        Column("asked", Text("应报", "Asked"), kind="number", sort="asked"),
        Column("told", Text("已报送", "Told"), kind="number", sort="told"),
        Column("confirmed", Text("已核实", "Confirmed"), kind="number", sort="confirmed"),
        Column("score", Text("得分", "Score"), kind="number"),
        Column("state", Text("状态", "State"), kind="state", sort="state", words=ROUND.words, tone=ROUND.tones),
    ),
    filters=(Filter("state", Text("状态", "State"), ROUND.words),),
    order="-as_of",
    empty=Text(
        "尚未开展调度。选定一份有任务的文件，发起调度。", "No round yet. Choose a document with tasks and open one."
    ),
)
REPORTS = Listing(
    "policy.reports",
    title=Text("报送", "Reports"),
    noun=Text("份", "reports"),
    columns=(
        Column("task", Text("任务", "Task"), value="task.name", kind="link", link=lambda row: row.get_absolute_url()),
        Column("organisation", Text("报送单位", "Told by"), value="organisation.name", sort="organisation__code"),
        Column("reported_at", Text("报送日期", "Told on"), kind="date", sort="reported_at"),
        Column("light", Text("灯", "Light"), kind="state", sort="light", words=LIGHTS, tone=TONES),
        Column("score", Text("得分", "Score"), kind="number"),
        Column("state", Text("状态", "State"), kind="state", sort="state", words=REPORT.words, tone=REPORT.tones),
    ),
    filters=(
        Filter("state", Text("状态", "State"), REPORT.words),
        Filter("light", Text("灯", "Light"), {code: words for code, words in LIGHTS.items() if code}),
    ),
    order="state",
    empty=Text("没有符合条件的报送。", "No report fits."),
)
