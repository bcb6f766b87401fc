"""My tokens for programs."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.perform import perform
from tanzhi.organisations.people.requests import person_of_request
from tanzhi.presentation.forms.submission import answer
from tanzhi.rulebook.kernel.text import Text
from tanzhi.web.middleware import actor_for

from .model import ApiToken
from .work import MadeToken


@login_required
@never_cache
@takes_form
def tokens(request: HttpRequest) -> HttpResponse:
    """My keys for programs: a new one is shown this once."""
    me = person_of_request(request)
    answered = answer(request, actor_for(request), "web.make_token", me)
    new: MadeToken | None = answered.outcome.result if answered.outcome else None
    rows = ApiToken.objects.filter(person=me).order_by("ended_at", "-made_at")
    context = {"form": answered.form, "made": new, "tokens": rows, "make": Text("建立", "Make it")}
    return render(request, "web/tokens.html", context, status=200 if new else answered.form.status)


@login_required
@require_POST
@takes_form
def end_token(request: HttpRequest, pk: int) -> HttpResponse:
    perform("web.end_token", actor_for(request), person_of_request(request), {"number": pk})
    messages.success(request, say(Text("令牌已停用", "The token was ended")))
    return redirect("web:tokens")
