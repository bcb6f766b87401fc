"""Pages of the regions: the tree with its map of tiles, and the choice out of the national list."""

from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.presentation.forms.submission import answer
from tanzhi.presentation.request import actor_of
from tanzhi.rulebook.kernel.text import Text

from .model import Region
from .national_list import ListedRegion, listed_below, listed_provinces, national_list

CHOOSE = "organisations.choose_regions"
CREATED = Text("已建立 {n} 个地区", "{n} regions were set up")


@login_required
def regions(request: HttpRequest) -> HttpResponse:
    """The region tree, in the order of its paths, and each province's map of tiles."""
    rows = list(Region.objects.all())
    provinces = [row for row in rows if row.kind == "province"]
    maps = [(each, _tiles(row for row in rows if row.parent_id == each.pk)) for each in provinces]
    context = {
        "rows": [(region, region.path.count("/") - 1) for region in rows],
        "maps": [(province, tiles) for province, tiles in maps if tiles],
        "administers": "administrator" in actor_of(request).roles,
    }
    return render(request, "organisations/regions.html", context)


def _tiles(regions: Iterable[Region | ListedRegion]) -> list[tuple[Text, int, int]]:
    """Name, row and column of each that has a place on the map, counted from 1 as style sheets do."""
    return [
        (region.name, region.row + 1, region.column + 1)
        for region in regions
        if region.row is not None and region.column is not None
    ]


@login_required
@takes_form
def choose(request: HttpRequest) -> HttpResponse:
    """A province out of the national list, its cities to tick, with the places proposed for them on the map."""
    actor = actor_of(request)
    if "administrator" not in actor.roles:
        raise Http404
    posted = request.POST.get("province", "")
    code = posted or request.GET.get("province", "") or settings.TANZHI_PROVINCE
    province = national_list().get(code)
    below = listed_below(code) if province is not None and province.kind == "province" else []
    offered = {region.code: region.name for region in below}
    answered = answer(request, actor, CHOOSE, choices={"cities": offered}, initial={"province": code})
    if answered.outcome is not None:
        created: list[Region] = answered.outcome.result
        messages.success(request, say(CREATED.format(n=len(created))))
        return redirect("organisations:regions")
    there = set(Region.objects.values_list("code", flat=True))
    ticked = set(request.POST.getlist("cities")) if request.method == "POST" else {*offered} - there
    context = {
        "form": answered.form,
        "provinces": listed_provinces(),
        "province": province if below else None,
        "rows": [(region, region.code in there, region.code in ticked) for region in below],
        "tiles": _tiles(below),
        "since": next(field for field in answered.form.fields if field.name == "since"),
    }
    return render(request, "organisations/choose_regions.html", context, status=answered.form.status)
