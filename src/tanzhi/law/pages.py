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
from tanzhi.actions.typed import whole
from tanzhi.rulebook.kernel import Guideline, guidelines
from tanzhi.rulebook.kernel.entries import PERIOD_ENDS
from tanzhi.rulebook.kernel.text import Text, same

from .earlier import Entered, earlier
from .evaluation import in_force
from .lacking import UNSURE, UNVALUED, Lack, Lacks, lacking, sureness_of, years_in_question
from .models import ParameterEntry
from .publication import published

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tanzhi.actions.actor import Actor

ENTER = "law.enter_parameter"
READERS = frozenset({"administrator", "city_officer", "provincial_officer", "provincial_director", "auditor"})
FORMS = {"month": Text("月度数据", "Monthly data"), "year": Text("年度数据", "Yearly data")}


@dataclass(frozen=True, slots=True)
class Row:
    """A lack with the address of the form that mends it."""

    lack: Lack
    address: str


@dataclass(frozen=True, slots=True)
class Block:
    """One parameter with its lacks, key by key."""

    rows: list[Row]

    @property
    def lack(self) -> Lack:
        return self.rows[0].lack

    @property
    def forms(self) -> list[Text]:
        return [FORMS.get(form, same(form)) for form in self.lack.need.forms]

    @property
    def rules(self) -> list[Text]:
        """What asks for the value: quantities by their names, checks by their codes."""
        return [getattr(rule, "label", same(rule.name)) for rule in self.lack.need.rules]


@dataclass(frozen=True, slots=True)
class Group:
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
    here = request.get_full_path()
    groups = [
        Group(one, _blocks(one.missing, here), _blocks(one.of(UNSURE), here), _blocks(one.of(UNVALUED), here))
        for one in lacking(year)
    ]
    context = {
        "year": year,
        "years": years,
        "groups": groups,
        "enters": "administrator" in actor.roles,
        "count": sum(len(group.lacks.missing) for group in groups),
    }
    return render(request, "law/lacking.html", context)


@login_required
def parameter(request: HttpRequest, guideline: str, name: str) -> HttpResponse:
    """One parameter: its values in force, those that were entered, and what was computed before each of these."""
    actor = reader_of(request)
    known = guidelines().get(guideline)
    table = in_force(known).parameters.get(name) if known else None
    if known is None or table is None:
        raise Http404
    entries = ParameterEntry.objects.filter(guideline=guideline, parameter=name).order_by("-number")
    entered = [
        {
            "entry": one,
            "keys": _words(known, one),
            "earlier": earlier(Entered.of(one), actor),
            "published": published(guideline, *_days(one)),
        }
        for one in entries
    ]
    values = [
        {"entry": one, "until": None if one.until == PERIOD_ENDS else one.until, "sureness": sureness_of(one)}
        for one in (*table.entered, *table.entries)
    ]
    filled = {
        "guideline": guideline,
        "parameter": name,
        "unit": table.unit,
        "keys": "\n".join(f"{key} = " for key in table.keys),
        "next": request.get_full_path(),
    }
    context = {
        "guideline": known,
        "table": table,
        "values": values,
        "entered": entered,
        "address": f"{reverse('presentation:act', args=[ENTER])}?{urlencode(filled)}",
        "enters": "administrator" in actor.roles,
    }
    return render(request, "law/parameter.html", context)


def _words(guideline: Guideline, entry: ParameterEntry) -> list[Text]:
    """What the keys of an entered value are called."""
    rules = {key: guideline.rules[key][-1].options for key in entry.keys if key in guideline.rules}
    return [rules.get(key, {}).get(code) or same(code) for key, code in entry.keys.items()]


def _days(entry: ParameterEntry) -> tuple[date, date]:
    return entry.since, entry.until or date.max


def _blocks(lacks: list[Lack], here: str) -> list[Block]:
    """The same parameter together, in the order of the tables."""
    found: dict[str, list[Row]] = {}
    for lack in lacks:
        found.setdefault(lack.need.parameter, []).append(Row(lack, address_of(lack, here)))
    return [Block(rows) for rows in found.values()]


def replacing(guideline: str, parameter: str, value: Mapping[str, Any], onward: str) -> str:
    """The entering form for a value in the place of one that stands: what is left is the value, its days and source."""
    filled = {
        "guideline": guideline,
        "parameter": parameter,
        "keys": "\n".join(f"{name} = {codes[0]}" for name, codes in value["keys"].items()),
        "unit": value["unit"],
        "supersedes": "on",
        "next": onward,
    }
    return f"{reverse('presentation:act', args=[ENTER])}?{urlencode(filled)}"


def address_of(lack: Lack, onward: str) -> str:
    """The entering form with everything filled in but the value and its source."""
    filled = {
        "guideline": lack.guideline,
        "parameter": lack.need.parameter,
        "keys": "\n".join(f"{name} = {code}" for name, code in lack.need.keys),
        "unit": lack.unit,
        "since": lack.since.isoformat(),
        "until": lack.last.isoformat(),
        "next": onward,
    }
    if lack.kind == UNSURE:
        filled["supersedes"] = "on"
    return f"{reverse('presentation:act', args=[ENTER])}?{urlencode(filled)}"
