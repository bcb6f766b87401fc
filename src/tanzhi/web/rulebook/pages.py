"""The rulebook as pages: its guidelines, and one of them as it is in force."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tanzhi.law.evaluation import in_force, release
from tanzhi.law.pages import READERS, replacing
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.catalogue import catalogue
from tanzhi.web.middleware import actor_for

PLACE = re.compile(r"\{(\w+)[^}]*\}")
FILLED_IN = "…"


def named_in(words: Mapping[str, str], names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Words in both languages with the label of what fills each of their places, where it has one."""

    def filled(text: str, language: str) -> str:
        return PLACE.sub(lambda place: names[place[1]][language] if place[1] in names else FILLED_IN, text)

    return {language: filled(text, language) for language, text in words.items()}


def rules(request: HttpRequest) -> HttpResponse:
    """The guidelines of the rulebook, each with how much it holds."""
    rows = [
        {
            "guideline": guideline,
            "rules": sum(len(periods) for periods in guideline.rules.values()),
            "checks": len(guideline.checks),
            "parameters": len(in_force(guideline).parameters.tables),
        }
        for guideline in guidelines().values()
    ]
    return render(request, "web/rules.html", {"rows": rows, "release": release()})


def guideline(request: HttpRequest, name: str) -> HttpResponse:
    """One guideline: quantities with formulas, inputs, checks and dated parameters, as the rulebook states them."""
    by_name = guidelines()
    if name not in by_name:
        raise Http404(name)
    law = in_force(by_name[name])
    reads_law = bool(READERS & actor_for(request).roles)
    described = catalogue([by_name[name]], {name: law.parameters})[0]
    # A check's words are filled in when it speaks; here what fills them stands in its place by name.
    names = {row["name"]: row["label"] for row in (*described["parameters"], *described["rules"])}
    for check in described["checks"]:
        check |= {part: named_in(check[part], names) for part in ("message", "expected")}
    if "administrator" in actor_for(request).roles:
        for table in described["parameters"]:
            for value in table["values"]:
                value["replaced_at"] = replacing(name, table["name"], value, request.get_full_path())
    return render(
        request, "web/guideline.html", {"guideline": described, "release": law.release, "reads_law": reads_law}
    )
