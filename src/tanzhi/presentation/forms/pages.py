"""The form page of any action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.registry import ACTIONS, Action, Actor
from tanzhi.presentation.request import actor_of, next_address
from tanzhi.rulebook.kernel.text import Text

from .form import ActionForm
from .preview import about, is_previewed, previews
from .submission import answer

DONE = Text("已办理：{label}", "Done: {label}")
PROPOSED = Text("已提交：{label}，等待另一人审批", "Handed in: {label}; it waits for a second person")
SEE_PROPOSAL = Text("查看提议", "See the proposal")
After = Callable[[HttpRequest, Any], HttpResponse]
AFTER: dict[type[Any], After] = {}
STANDING: dict[str, Callable[[Any, dict[str, str]], dict[str, str]]] = {}
"""By action: what its subject says now of what the address names, where the form begins with more than that."""


def after(kind: type[Any]) -> Callable[[After], After]:
    """Register what is shown after an action whose result is of this kind, such as a link that is shown once."""

    def register(function: After) -> After:
        AFTER[kind] = function
        return function

    return register


@login_required
@never_cache
@sensitive_post_parameters()
@takes_form
def act(request: HttpRequest, name: str, pk: int | None = None) -> HttpResponse:
    """The form of an action, made of its typed input; posted, it performs the action."""
    action = ACTIONS.get(name)
    if action is None:
        raise Http404
    actor = actor_of(request)
    subject = subject_of(action, pk, actor)
    if request.method == "POST" and "preview" in request.POST:
        typed = ActionForm.of(name, actor, data=request.POST, subject=subject)
        return render(request, "presentation/preview.html", {"form": typed, "previews": previews(typed)})
    named = request.GET.dict()
    standing = STANDING[name](subject, named) if name in STANDING else {}
    answered = answer(request, actor, name, subject, initial={**standing, **named})
    if answered.outcome is not None:
        # Where to go: what its room wants shown, the record that was made, the page it came from, the subject.
        outcome = answered.outcome
        if outcome.proposal is not None:
            # Where it can be seen and taken back: nothing else leads to one that makes a record.
            own = reverse("cases:proposal", args=[outcome.proposal.pk])
            words = say(PROPOSED.format(label=action.label))
            messages.success(request, format_html('{} <a href="{}">{}</a>', words, own, say(SEE_PROPOSAL)))
            return redirect(next_address(request) or own)
        page = AFTER.get(type(outcome.result))
        if page is not None:
            return page(request, outcome.result)
        messages.success(request, say(DONE.format(label=action.label)))
        begun = _address(outcome.result) if subject is None else ""  # what was made a moment ago is opened at once
        return redirect(begun or next_address(request) or _address(subject) or _address(outcome.result) or "web:home")
    previewed = is_previewed(action)
    context = {
        "form": answered.form,
        "subject": subject,
        "next": next_address(request),
        "about": about(subject, actor) if previewed else [],
        "previewed": previewed,
        "previews": previews(answered.form),
    }
    return render(request, "presentation/act.html", context, status=answered.form.status)


def subject_of(action: Action, pk: int | None, actor: Actor) -> Any:
    """The record an action is about, if the reader may see it; otherwise there is none."""
    if action.subject is None:
        return None
    record: Any = get_object_or_404(action.subject._base_manager, pk=pk)
    if not actor.sees(record.place) and not any(actor.reaches(role, record.place) for role in action.by):
        raise Http404
    return record


def _address(record: Any) -> str:
    return str(record.get_absolute_url()) if hasattr(record, "get_absolute_url") else ""
