"""The shell's pages: today, rulebook, explanation, about."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tanzhi.actions import clock
from tanzhi.actions.forms import takes_form
from tanzhi.actions.perform import perform
from tanzhi.actions.typed import whole
from tanzhi.figures.lineage import explain
from tanzhi.law.evaluation import in_force, release
from tanzhi.law.pages import READERS, replacing
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.catalogue import catalogue
from tanzhi.workflow.todos import todo

from .day import by_deadline, strip
from .middleware import actor_for
from .tour import TOUR

MOST_PARTS = 10**6  # so far in may a page of parts begin


def home(request: HttpRequest) -> HttpResponse:
    """What I must do, by deadline; for the public the bulletin."""
    if not request.user.is_authenticated:
        return redirect("bulletin:latest")
    actor, today = actor_for(request), clock.today()
    context = {"groups": by_deadline(todo.todos(actor), today), "today": today, "statements": strip(actor)}
    return render(request, "web/home.html", context)


@require_POST
@takes_form
def dismiss_tour(request: HttpRequest) -> HttpResponse:
    """Do not show the tour again: to a person never, to a visitor not in this session."""
    if request.user.is_authenticated:
        perform("presentation.dismiss", actor_for(request), data={"what": TOUR})
    request.session[TOUR] = True
    return redirect("web:home")


def rules(request: HttpRequest) -> HttpResponse:
    """The guidelines of the rulebook, each with how much it holds."""
    return render(request, "web/rules.html", {"catalogue": catalogue(), "release": release()})


def guideline(request: HttpRequest, name: str) -> HttpResponse:
    """One guideline: quantities with formulas, inputs, checks and dated parameters, as the rulebook states them."""
    by_name = guidelines()
    if name not in by_name:
        raise Http404(name)
    law = in_force(by_name[name])
    reads_law = bool(READERS & actor_for(request).roles)
    described = catalogue([by_name[name]], {name: law.parameters})[0]
    if "administrator" in actor_for(request).roles:
        for table in described["parameters"]:
            for value in table["values"]:
                value["replaced_at"] = replacing(name, table["name"], value, request.get_full_path())
    return render(
        request, "web/guideline.html", {"guideline": described, "release": law.release, "reads_law": reads_law}
    )


def explain_page(request: HttpRequest) -> HttpResponse:
    """The walk down from one reference; a part of the page where it opens a branch."""
    node = _explained(request)
    template = "web/explain_parts.html" if request.headers.get("HX-Request") else "web/explain.html"
    return render(request, template, {"node": node, "start": _start(request)})


def explain_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse(_explained(request).as_dict(), json_dumps_params={"ensure_ascii": False, "indent": 2})


def _explained(request: HttpRequest) -> Any:
    return explain(request.GET.get("ref", ""), actor_for(request), start=_start(request))


def _start(request: HttpRequest) -> int:
    return whole(request.GET.get("start", "0"), MOST_PARTS) or 0


def about(request: HttpRequest) -> HttpResponse:
    return render(request, "web/about.html", {"release": release()})
