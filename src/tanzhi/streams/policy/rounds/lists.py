"""Rounds and their reports as lists."""

from __future__ import annotations

from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import LIGHTS, TONES

from .work import REPORT, ROUND

ROUNDS = Listing(
    "policy.rounds",
    title=Text("调度", "Rounds of dispatching"),
    noun=Text("轮", "rounds"),
    columns=(
        ListColumn("title", Text("调度", "Round"), kind="link", link=lambda row: row.get_absolute_url()),
        ListColumn("as_of", Text("统计截至", "As of"), kind="date", sort="as_of"),
        ListColumn("due_on", Text("报送时限", "Reports due"), kind="date", sort="due_on"),
        ListColumn("asked", Text("应报", "Due"), kind="number", sort="asked"),
        ListColumn("told", Text("已报送", "Reported"), kind="number", sort="told"),
        ListColumn("confirmed", Text("已核实", "Confirmed"), kind="number", sort="confirmed"),
        ListColumn("score", Text("得分", "Score"), kind="number"),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=ROUND.words, tone=ROUND.tones),
    ),
    filters=(state_filter(ROUND.words),),
    order="-as_of",
    empty=Text("尚未开展调度。", "No round yet."),
    step=FillingStep(
        Text("选定一份有任务的文件，发起调度。", "Choose a document with tasks and open one."), "policy.open_round"
    ),
)
REPORTS = Listing(
    "policy.reports",
    title=Text("报送", "Reports"),
    noun=Text("份", "reports"),
    columns=(
        ListColumn(
            "task", Text("任务", "Task"), value="task.name", kind="link", link=lambda row: row.get_absolute_url()
        ),
        ListColumn(
            "organisation", Text("报送单位", "Reported by"), value="organisation.name", sort="organisation__code"
        ),
        ListColumn("reported_at", Text("报送日期", "Reported on"), kind="date", sort="reported_at"),
        ListColumn("light", Text("灯", "Light"), kind="state", sort="light", words=LIGHTS, tone=TONES),
        ListColumn("score", Text("得分", "Score"), kind="number"),
        ListColumn("state", Text("状态", "State"), kind="state", sort="state", words=REPORT.words, tone=REPORT.tones),
    ),
    filters=(
        state_filter(REPORT.words),
        Filter("light", Text("灯", "Light"), {code: words for code, words in LIGHTS.items() if code}),
    ),
    order="state",
    empty=Text("没有符合条件的报送。", "No report fits."),
)
