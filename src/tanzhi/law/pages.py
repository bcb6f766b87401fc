"""The pages of the law: what a year still lacks, and one parameter with what was computed before it changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from tanzhi.actions import clock
from tanzhi.actions.language import listed
from tanzhi.actions.typed import whole
from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS
from tanzhi.rulebook.kernel.text import Text, same

from .earlier import Entered, earlier
from .evaluation import in_force
from .lacking import UNSURE, UNVALUED, Lack, Lacks, lacking, sureness_of, years_in_question
from .models import LAW_READERS, ParameterEntry
from .publication import published

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tanzhi.actions.actor import Actor

_CHECK = Text("检查规则 {n}", "check {n}")
ENTER = "law.enter_parameter"
READERS = LAW_READERS
FORMS = {
    "month": Text("月度数据", "Monthly data"),
    "year": Text("年度数据", "Yearly data"),
    "period": Text("核算期数据", "Data of a crediting period"),
    "register": Text("设施登记", "Register of facilities"),
    "run": Text("配额测算", "Allocation run"),
    "surrender": Text("清缴", "Surrender"),
    "carry_over": Text("结转", "Carry-over"),
    "penalty": Text("处罚案件的事实", "Facts of a penalty case"),
    "arrears": Text("罚款缴纳", "Payment of a fine"),
    "summary": Text("清单汇总", "Summary of an inventory"),
    "trade": Text("成交行情", "Trades"),
    "meter": Text("计量器具", "Meters"),
    "balance": Text("能源平衡表", "Energy balance"),
    "energy_comparison": Text("能源统计核对", "Energy beside the statistics"),
    "economy": Text("生产总值", "Gross domestic product"),
    "dispatch": Text("任务", "Tasks"),
    "options": Text("清洁生产方案", "Options of cleaner production"),
    "body_evaluation": Text("核查机构评估", "Evaluation of a verification body"),
    "evaluation": Text("双碳综合评价考核", "Evaluation of carbon peaking and neutrality"),
    "common": Text("气候投融资项目：共同数据", "Climate-finance project: common data"),
    "renewable": Text("气候投融资项目：可再生能源", "Climate-finance project: renewables"),
    "efficiency": Text("气候投融资项目：节能", "Climate-finance project: efficiency"),
    "heat": Text("气候投融资项目：供热", "Climate-finance project: heat"),
    "transport": Text("气候投融资项目：交通", "Climate-finance project: transport"),
    "forest": Text("气候投融资项目：林业", "Climate-finance project: forest"),
    "waste": Text("气候投融资项目：废弃物", "Climate-finance project: waste"),
    "ccus": Text("气候投融资项目：碳捕集利用与封存", "Climate-finance project: carbon capture"),
    "hydrogen": Text("气候投融资项目：氢能", "Climate-finance project: hydrogen"),
    "adaptation": Text("气候投融资项目：适应", "Climate-finance project: adaptation"),
}
"""What the forms of all guidelines are called, where a page says whose data a value is for."""


@dataclass(frozen=True, slots=True)
class LackRow:
    """A lack with the address of the form that mends it."""

    lack: Lack
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """One parameter with its lacks, key by key."""

    rows: list[LackRow]

    @property
    def lack(self) -> Lack:
        return self.rows[0].lack

    @property
    def forms(self) -> list[Text]:
        return [FORMS[form] for form in self.lack.need.forms]

    @property
    def rules(self) -> list[Text]:
        """What asks for the value: quantities by their names, checks by their codes."""
        return [getattr(rule, "label", None) or _CHECK.format(n=rule.name) for rule in self.lack.need.rules]


@dataclass(frozen=True, slots=True)
class GuidelineLacks:
    """What one guideline lacks, which of its values are drafts, and which choices never had one."""

    lacks: Lacks
    missing: list[Block]
    drafts: list[Block]
    unvalued: list[Block]

    @property
    def drafts_count(self) -> int:
        return sum(len(block.rows) for block in self.drafts)

    @property
    def unvalued_count(self) -> int:
        return sum(len(block.rows) for block in self.unvalued)


def reader_of(request: HttpRequest) -> Actor:
    """Whoever administers the law or works by it; for others there is no such page."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # set for every request
    if not READERS & actor.roles:
        raise Http404
    return actor


@login_required
def lacking_page(request: HttpRequest) -> HttpResponse:
    """Per guideline what a year still lacks, with a way to enter it for those who may."""
    actor = reader_of(request)
    years = years_in_question(clock.today())
    year = whole(request.GET.get("year", "")) or clock.today().year
    if year not in years:
        raise Http404
    here, enters = request.get_full_path(), "administrator" in actor.roles
    groups = []
    for lacks in lacking(year):
        blocks = []
        for rows in (lacks.missing, lacks.of(UNSURE), lacks.of(UNVALUED)):
            # The same parameter together, in the order of the tables.
            by_parameter: dict[str, list[LackRow]] = {}
            for lack in rows:
                row = LackRow(lack, address_of(lack, here) if enters else "")
                by_parameter.setdefault(lack.need.parameter, []).append(row)
            blocks.append([Block(own) for own in by_parameter.values()])
        groups.append(GuidelineLacks(lacks, *blocks))
    context = {
        "year": year,
        "years": years,
        "groups": groups,
        "enters": enters,
        "count": sum(len(group.lacks.missing) for group in groups),
    }
    return render(request, "law/lacking.html", context)


@login_required
def parameter(request: HttpRequest, guideline: str, name: str) -> HttpResponse:
    """One parameter: its values in force, those that were entered, and what was computed before each of these."""
    actor = reader_of(request)
    rulebook = guidelines().get(guideline)
    table = in_force(rulebook).parameters.get(name) if rulebook else None
    if rulebook is None or table is None:
        raise Http404
    entries = ParameterEntry.objects.filter(guideline=guideline, parameter=name).order_by("-number")
    entered = [
        {
            "entry": entry,
            "keys": _words(rulebook, {key: (code,) for key, code in entry.keys.items()}),
            "earlier": earlier(Entered.of(entry), actor),
            "published": published(guideline, entry.since, entry.until or date.max),
        }
        for entry in entries
    ]
    values = [
        {
            "entry": value,
            "keys": _words(rulebook, value.keys),
            "until": None if value.until == PERIOD_ENDS else value.until,
            "sureness": sureness_of(value),
        }
        for value in (*table.entered, *table.entries)
    ]
    blank = dict.fromkeys(table.keys, "")
    context = {
        "guideline": rulebook,
        "table": table,
        "headings": [rulebook.label(key) if key in rulebook.rules else same(key) for key in table.keys],
        "values": values,
        "entered": entered,
        "address": entering(guideline, name, blank, table.unit, request.get_full_path()),
        "enters": "administrator" in actor.roles,
    }
    return render(request, "law/parameter.html", context)


def _words(guideline: Guideline, keys: Mapping[str, Iterable[str]]) -> list[Text]:
    """What the codes of each key are called, by whichever year's choices have them."""
    words = []
    for key, codes in keys.items():
        options = {code: label for rule in guideline.rules.get(key, ()) for code, label in rule.options.items()}
        words.append(listed(options.get(code) or same(code) for code in codes))
    return words


def replacing(guideline: str, parameter: str, value: Mapping[str, Any], onward: str) -> str:
    """The entering form for a value in the place of one that stands: what is left is the value, its days and source."""
    keys = {name: codes[0] for name, codes in value["keys"].items()}
    return entering(guideline, parameter, keys, value["unit"], onward, supersedes="on")


def address_of(lack: Lack, onward: str) -> str:
    """The entering form with everything filled in but the value and its source."""
    days = {"since": lack.since.isoformat(), "until": lack.last.isoformat()}
    stands = {"supersedes": "on"} if lack.kind == UNSURE else {}
    return entering(lack.guideline, lack.need.parameter, lack.keys, lack.unit, onward, **days, **stands)


def entering(guideline: str, parameter: str, keys: Mapping[str, str], unit: str, onward: str, **more: str) -> str:
    """The entering form, filled as far as the page knows it; a key without a code is left to be filled."""
    lines = "\n".join(f"{name} = {code}" for name, code in keys.items())
    filled = {"guideline": guideline, "parameter": parameter, "keys": lines, "unit": unit, **more, "next": onward}
    return f"{reverse('presentation:act', args=[ENTER])}?{urlencode(filled)}"
