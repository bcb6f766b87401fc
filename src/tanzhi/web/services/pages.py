"""Service accounts for both sides: whose programs there are, who agreed to what, when each was used last."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache

from tanzhi.actions.forms import takes_form
from tanzhi.actions.registry import Actor
from tanzhi.actions.table import ACTIONS
from tanzhi.presentation.forms.pages import after
from tanzhi.presentation.forms.submission import answer
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.web.middleware import actor_for

from .model import ServiceAccount, ServiceConsent
from .work import ServiceKey, scopes_of_programs

ISSUE = Text("签发", "Issue it")


def words_of(scopes: list[str], actor: Actor) -> list[Text]:
    """What scopes allow, as it is offered in forms."""
    words = dict(scopes_of_programs(actor))
    return [words.get(scope, ACTIONS[scope].label if scope in ACTIONS else same(scope)) for scope in scopes]


def with_words(rows: list[ServiceAccount] | list[ServiceConsent], actor: Actor) -> list[tuple[object, list[Text]]]:
    return [(row, words_of(row.scopes, actor)) for row in rows]


@login_required
def services(request: HttpRequest) -> HttpResponse:
    """The programs within the reader's reach, and what was agreed to which."""
    actor = actor_for(request)
    accounts = ServiceAccount.objects.visible_to(actor).select_related("organisation").order_by("-state", "code")
    consents = ServiceConsent.objects.visible_to(actor).select_related("organisation", "account__organisation")
    context = {
        "accounts": with_words(list(accounts.prefetch_related("organisation__names")), actor),
        "consents": with_words(list(consents.order_by("state", "-agreed_at")), actor),
    }
    return render(request, "web/services.html", context)


@login_required
def service(request: HttpRequest, pk: int) -> HttpResponse:
    """One program: what it may do, its key, and for whom."""
    actor = actor_for(request)
    account = get_object_or_404(ServiceAccount.objects.visible_to(actor).select_related("organisation"), pk=pk)
    consents = ServiceConsent.objects.visible_to(actor).filter(account=account).select_related("organisation")
    hooks = account.hooks.visible_to(actor)
    context = {
        "account": account,
        "hooks": hooks,
        "scopes": words_of(account.scopes, actor),
        "consents": with_words(list(consents.order_by("state", "-agreed_at")), actor),
        "acts": [entry.label for name, entry in sorted(ACTIONS.items()) if entry.prepares],
    }
    return render(request, "web/service.html", context)


@login_required
@never_cache
@takes_form
def service_key(request: HttpRequest, pk: int) -> HttpResponse:
    """A new key, shown this once."""
    actor = actor_for(request)
    account = get_object_or_404(ServiceAccount.objects.visible_to(actor), pk=pk)
    answered = answer(request, actor, "web.issue_service_key", account)
    issued: ServiceKey | None = answered.outcome.result if answered.outcome else None
    context = {"account": account, "form": answered.form, "issued": issued, "submit": ISSUE}
    return render(request, "web/service_key.html", context, status=200 if issued else answered.form.status)


@after(ServiceKey)
def issued_elsewhere(request: HttpRequest, key: ServiceKey) -> HttpResponse:
    """Wherever a key is issued from, it is shown on its own page."""
    context = {"account": key.account, "issued": key}
    return render(request, "web/service_key.html", context)


@after(ServiceConsent)
def agreed(_request: HttpRequest, _consent: ServiceConsent) -> HttpResponse:
    return redirect("web:services")
