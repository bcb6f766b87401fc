"""Long work: jobs with their progress and a way to stop them."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from tanzhi.actions.actor import ScopeFields, scope
from tanzhi.actions.jobs import KINDS
from tanzhi.actions.models import Job
from tanzhi.organisations.people.model import Person
from tanzhi.presentation.forms.pages import after
from tanzhi.presentation.lists.listing import Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.web.middleware import actor_for

STATES = {
    Job.QUEUED: Text("等待中", "waiting"),
    Job.RUNNING: Text("进行中", "running"),
    Job.DONE: Text("已完成", "done"),
    Job.FAILED: Text("失败", "failed"),
    Job.CANCELLED: Text("已取消", "cancelled"),
}
TONES = {Job.QUEUED: "info", Job.RUNNING: "due", Job.DONE: "ok", Job.FAILED: "late", Job.CANCELLED: ""}
UNFINISHED = (Job.QUEUED, Job.RUNNING)


def _label(row: Job) -> Text:
    return KINDS[row.kind].label if row.kind in KINDS else same(row.kind)


def _message(row: Job) -> Text | None:
    words = row.message or {}
    return Text(words["zh"], words["en"]) if {"zh", "en"} <= words.keys() else None


def _prepare(rows: list[Any]) -> None:
    people = dict(Person.objects.filter(pk__in={row.actor for row in rows}).values_list("pk", "name"))
    for row in rows:
        row.who = people.get(row.actor, "")


JOBS = Listing(
    "web.jobs",
    title=Text("任务进度", "Jobs"),
    noun=Text("个", "jobs"),
    order="-created_at",
    empty=Text("还没有长任务；导入和计算会出现在这里", "No long job yet: imports and computations appear here"),
    prepare=_prepare,
    columns=(
        ListColumn(
            "kind",
            Text("任务", "Job"),
            value=_label,
            kind="link",
            link=lambda row: reverse("web:job", args=[row.pk]),
            sort="kind",
        ),
        ListColumn("who", Text("发起人", "Started by")),
        ListColumn("created_at", Text("开始", "Begun"), sort="created_at"),
        ListColumn("progress", Text("进度", "Progress"), value=lambda row: f"{row.progress} / {row.total}"),
        ListColumn("state", Text("状态", "State"), kind="state", words=STATES, tone=TONES, sort="state"),
        ListColumn("message", Text("说明", "Message"), value=_message),
    ),
    filters=(Filter("state", Text("状态", "State"), STATES),),
)


def _mine(request: HttpRequest) -> Any:
    """A person's own jobs; an administrator's are everybody's."""
    return Job.objects.filter(scope(actor_for(request), ScopeFields("", "", "actor")))


@login_required
def jobs(request: HttpRequest) -> HttpResponse:
    return JOBS.respond(request, _mine(request), "web/list.html", {"title": JOBS.title})


@login_required
@never_cache
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One job; the part with its progress asks for itself again while it runs."""
    row: Job = get_object_or_404(_mine(request), pk=pk)
    context = {
        "job": row,
        "label": _label(row),
        "state": STATES[row.state],
        "tone": TONES[row.state],
        "message": _message(row),
        "unfinished": row.state in UNFINISHED,
        "onward": row.result.get("onward") if isinstance(row.result, dict) else None,  # where its outcome stands
    }
    return render(request, "web/job_state.html" if request.headers.get("HX-Request") else "web/job.html", context)


@after(Job)
def started(_request: HttpRequest, row: Job) -> HttpResponse:
    """Whatever starts or stops a job leads to its progress."""
    return redirect("web:job", row.pk)
