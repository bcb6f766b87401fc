"""Signing in: password, then a one-time code where the person uses one; invitation and reset by link."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import django_otp
from axes.helpers import get_cool_off
from axes.utils import reset as reset_attempts
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, login, logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django_tasks import task

from tanzhi.actions.forms import takes_form
from tanzhi.actions.language import say
from tanzhi.actions.registry import Refused, perform
from tanzhi.presentation.addresses import full_address
from tanzhi.rulebook.kernel.text import Text

from . import limits, second_factor
from .links import token_for
from .mail import link as link_to
from .mail import send_link
from .model import Person
from .requests import PREVIOUS_VISIT, confirm, person_of_request
from .roles import actor_of, public_actor

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .links import Issued

PASSWORD_BACKEND = "django.contrib.auth.backends.ModelBackend"  # noqa: S105  a class path, no password
CODE_MINUTES = 10
REFUSAL = "sign_on_refusal"  # in the session: code, words and status of a sign-on that was refused, until it is read
FRESH_AFTER_CODE = "fresh_after_code"  # in the session: whether acts on rights need the password again after the code
RESETS_OF_A_NAME = 3  # an hour
NEEDS_CODE = Text("您的角色须用动态码登录：请先设置动态码", "your role signs in with a time code: set it up first")
NOT_PRESENT = Text("现密码不正确", "The present password is not right")
WRONG = Text(
    "登录名或密码不正确。连续输错 {limit} 次将暂时锁定",
    "Sign-in name or password is not right. After {limit} wrong tries in a row it is locked for a while",
)
WRONG_CODE = Text("动态码不正确，请等下一个动态码再试", "The code is not right; wait for the next one and try again")
LOCKED = Text(
    "连续输错次数过多，已锁定。请于 {at} 后再试，或请管理员重置密码",
    "Too many wrong tries: locked. Try again after {at}, or ask the administrator for a reset",
)


@never_cache
@sensitive_post_parameters("password")
@takes_form
def sign_in(request: HttpRequest) -> HttpResponse:
    """Name and password."""
    if request.method != "POST":
        return _sign_in_page(request, {"next": request.GET.get("next", "")}, refusal=request.session.pop(REFUSAL, None))
    name = request.POST.get("username", "").strip()
    if limits.sprays(request):
        return locked_out(request)
    person = authenticate(request, username=name, password=request.POST.get("password", ""))
    if not isinstance(person, Person):
        limits.note_failure(request)
        wrong = WRONG.format(limit=settings.AXES_FAILURE_LIMIT)
        return _sign_in_page(request, {"refusal": wrong, "username": name, "next": _next(request)}, 422)
    return authenticated(request, person, _next(request))


def authenticated(request: HttpRequest, person: Person, onward: str, *, fresh: bool = True) -> HttpResponse:
    """Let in somebody who has shown who he is, once the time code that he uses is given too.

    `fresh`: a moment ago, so that acts on rights need no password again.
    """
    if second_factor.is_enabled(person):
        request.session["waiting_for_code"] = [person.pk, int(timezone.now().timestamp()), onward]
        request.session[FRESH_AFTER_CODE] = fresh
        return redirect("organisations:one_time_code")
    return _let_in(request, person, onward, fresh=fresh)


@never_cache
@sensitive_post_parameters("code")
@takes_form
def one_time_code(request: HttpRequest) -> HttpResponse:
    """The second factor of somebody who has shown who he is a moment ago."""
    key, at, onward = request.session.get("waiting_for_code", [0, 0, ""])
    person = Person.objects.filter(pk=key, is_active=True).first()
    if person is None or timezone.now().timestamp() - at > CODE_MINUTES * 60:
        return redirect("organisations:sign_in")
    if request.method != "POST":
        return _page(request, "one_time_code", {})
    device = second_factor.device_accepting(person, request.POST.get("code", "").replace(" ", ""))
    if device is None:
        return _page(request, "one_time_code", {"refusal": WRONG_CODE}, 422)
    response = _let_in(request, person, onward, fresh=request.session.pop(FRESH_AFTER_CODE, True))
    django_otp.login(request, device)
    return response


def ask_code(request: HttpRequest) -> HttpResponse:
    """Send somebody who is in without the code that his role demands: to give one, or to set one up."""
    person = person_of_request(request)
    if not second_factor.is_enabled(person):
        return redirect("organisations:totp")
    request.session["waiting_for_code"] = [person.pk, int(timezone.now().timestamp()), request.path]
    return redirect("organisations:one_time_code")


def _let_in(request: HttpRequest, person: Person, onward: str, *, fresh: bool) -> HttpResponse:
    """Open the session, in the language that the reader chose in this browser, else in the one the person prefers."""
    request.session.pop("waiting_for_code", None)
    before = person.last_login
    login(request, person, backend=PASSWORD_BACKEND)
    if before is not None:
        request.session[PREVIOUS_VISIT] = before.timestamp()
    if fresh:
        confirm(request)
    response = redirect(onward or settings.LOGIN_REDIRECT_URL)
    if settings.LANGUAGE_COOKIE_NAME not in request.COOKIES:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax")
    return response


def _next(request: HttpRequest) -> str:
    """The page that the form names, if it is one of ours."""
    return own_page(request, request.POST.get("next", ""))


def own_page(request: HttpRequest, address: str) -> str:
    """The address of a page, if it is one of ours."""
    return address if url_has_allowed_host_and_scheme(address, {request.get_host()}, request.is_secure()) else ""


def locked_out(request: HttpRequest, credentials: Any = None, *_: Any, **__: Any) -> HttpResponse:
    """What is shown after too many wrong passwords: when to try again."""
    again = timezone.localtime(timezone.now() + (get_cool_off(request) or timedelta()))
    message = LOCKED.format(at=again.strftime("%H:%M"))
    return _sign_in_page(request, {"refusal": message, "locked": True}, 429)


@require_POST
@takes_form
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect("organisations:sign_in")


@never_cache
@sensitive_post_parameters("password")
@takes_form
def invitation(request: HttpRequest, secret: str) -> HttpResponse:
    """A new person sets his password and is in."""
    return _by_link(request, secret, "invitation", "organisations.accept_invitation")


@never_cache
@sensitive_post_parameters("password")
@takes_form
def reset(request: HttpRequest, secret: str) -> HttpResponse:
    return _by_link(request, secret, "reset", "organisations.reset_password")


def _by_link(request: HttpRequest, secret: str, kind: str, action: str) -> HttpResponse:
    """Set a password with the right of a link that works once; then sign in with it."""
    token = token_for(secret, kind)
    if token is None:
        gone = Text("链接已失效或已用过，请向管理员索取", "The link has expired or was used; ask the administrator")
        return _page(request, "set_password", {"refusal": gone, "gone": True, "kind": kind}, 410)
    context: dict[str, Any] = {"person": token.person, "kind": kind}
    if request.method != "POST":
        return _page(request, "set_password", context)
    try:
        password = request.POST.get("password", "")
        if password != request.POST.get("again", ""):
            raise Refused("ORG-TWICE", Text("两次输入的密码不同", "The two passwords differ"), 422)
        data = {"secret": secret, "password": password}
        perform(action, actor_of(token.person), token.person, data)
    except Refused as refusal:
        refused = {"refusal": refusal.message, "findings": refusal.findings}
        return _page(request, "set_password", context | refused, refusal.status)
    messages.success(request, say(Text("密码已设置，请登录", "Your password is set; sign in")))
    return redirect("organisations:sign_in")


@login_required
@never_cache
@sensitive_post_parameters("password")
@takes_form
def confirm_password(request: HttpRequest) -> HttpResponse:
    """The password again, before an act that a stolen session must not do; guesses count like those at the door."""
    if request.method != "POST":
        return _page(request, "confirm", {"next": request.GET.get("next", "")})
    if not gives_password(request, request.POST.get("password", "")):
        return _page(request, "confirm", {"refusal": NOT_PRESENT, "next": _next(request)}, 422)
    return redirect(_next(request) or "organisations:account")


def gives_password(request: HttpRequest, password: str) -> bool:
    """Whether this is the password of whoever signed in; the one place where it is asked again, and counted."""
    person = person_of_request(request)
    if limits.sprays(request):
        return False
    account = authenticate(request, username=person.sign_in_name, password=password)
    if account is None:
        limits.note_failure(request)
        return False
    reset_attempts(username=person.sign_in_name, ip=limits.address_of(request))
    confirm(request)
    return True


@never_cache
@takes_form
def ask_reset(request: HttpRequest) -> HttpResponse:
    """Ask for a link by mail; neither the answer nor the time it takes tells whether there is such a person."""
    if request.method != "POST":
        return _page(request, "ask_reset", {})
    try:
        limits.refuse_flood(request, "reset")
    except Refused as refusal:
        return _page(request, "ask_reset", {"refusal": refusal.message}, refusal.status)
    send_reset.enqueue(request.POST.get("username", "").strip()[:100], full_address(request, "/").rstrip("/"))
    return _page(request, "ask_reset", {"asked": True})


@task()
def send_reset(sign_in_name: str, base: str) -> None:
    """What the worker does with a request for a reset: the page does the same for every name, known or not."""
    reachable = Person.objects.filter(sign_in_name=sign_in_name, state="active").exclude(email="").exists()
    if not reachable or limits.count(f"reset:{sign_in_name}") > RESETS_OF_A_NAME:
        return
    issued = perform("organisations.request_reset", public_actor(), data={"sign_in_name": sign_in_name}).result
    if issued is not None:
        send_link(issued, base)


def link(request: HttpRequest, issued: Issued) -> str:
    """The full address of a link that works once, as this installation is reached."""
    return link_to(issued, full_address(request, "/").rstrip("/"))


def _sign_in_page(
    request: HttpRequest, context: Mapping[str, Any], status: int = 200, refusal: list[Any] | None = None
) -> HttpResponse:
    """The page of signing in, with the button of the provider where one is set up, and what was refused there."""
    provider = settings.SIGN_ON
    name = Text(provider.name_zh, provider.name_en) if provider.issuer else None
    if refusal is not None:
        code, zh, en, status = refusal
        context = {**context, "refusal": Refused(code, Text(zh, en), status)}
    return _page(request, "sign_in", {**context, "provider": name}, status)


def _page(request: HttpRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    return render(request, f"organisations/{name}.html", dict(context), status=status)
