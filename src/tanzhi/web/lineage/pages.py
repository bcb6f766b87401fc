"""The explanation of a figure, step by step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from tanzhi.actions.typed import whole
from tanzhi.figures.lineage import explain
from tanzhi.figures.nodes import LineageNode
from tanzhi.web.middleware import actor_for

from .node_json import node_json

MOST_PARTS = 10**6  # so far in may a page of parts begin


def explain_page(request: HttpRequest) -> HttpResponse:
    """The walk down from one reference; a part of the page where it opens a branch."""
    node = _explained(request)
    template = "web/explain_parts.html" if request.headers.get("HX-Request") else "web/explain.html"
    return render(request, template, {"node": node, "start": _start(request)})


def explain_json(request: HttpRequest) -> HttpResponse:
    return JsonResponse(node_json(_explained(request)), json_dumps_params={"ensure_ascii": False, "indent": 2})


def _explained(request: HttpRequest) -> LineageNode:
    return explain(request.GET.get("ref", ""), actor_for(request), start=_start(request))


def _start(request: HttpRequest) -> int:
    return whole(request.GET.get("start", "0"), MOST_PARTS) or 0
