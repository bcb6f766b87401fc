"""From a web request to an actor."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.http import Http404
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.roles import TIME_CODE_ROLES
from tanzhi.organisations.installation.roles import READERS

from .model import Person
from .roles import actor_of, public_actor

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from tanzhi.actions.actor import Actor


CONFIRMED_MINUTES = 10
CONFIRMED_AT = "password_at"
PREVIOUS_VISIT = "previous_visit"  # in the session: when this person had signed in before, by the wall clock


def actor_of_request(request: HttpRequest) -> Actor:
    """Whoever signed in, with his roles of today, and by what way he acts; a program's own; otherwise the public."""
    program: Callable[[], Actor] | None = getattr(request, "service_actor", None)
    if program is not None:
        return program()
    person = getattr(request, "user", None)
    if not isinstance(person, Person) or not person.is_active:
        return public_actor()
    way = "token" if hasattr(request, "api_token") else "fresh" if is_fresh(request) else "session"
    # The person's roles: asked once for a page, which changes none; asked anew each time where one might change.
    if request.method not in ("GET", "HEAD"):
        as_read = actor_of(person)
    else:
        reader: tuple[int, Actor] | None = getattr(request, "_roles_of_reader", None)
        if reader is None or reader[0] != person.pk:
            reader = (person.pk, actor_of(person))
            request._roles_of_reader = reader  # type: ignore[attr-defined]  # a request carries what was asked for it
        as_read = reader[1]
    return replace(as_read, way=way)


def installation_reader(request: HttpRequest) -> Actor:
    """Whoever asks for what the installation has of its own, if he administers it or works with what is made of it."""
    actor = actor_of_request(request)
    if not READERS & actor.roles:
        raise Http404
    return actor


def is_fresh(request: HttpRequest) -> bool:
    """Whether this session gave the password within the last minutes."""
    confirmed_at = request.session.get(CONFIRMED_AT, 0) if hasattr(request, "session") else 0
    return bool(timezone.now().timestamp() - confirmed_at < CONFIRMED_MINUTES * 60)


def confirm(request: HttpRequest) -> None:
    """The password was given in this session now."""
    request.session[CONFIRMED_AT] = int(timezone.now().timestamp())


def previous_visit(request: HttpRequest) -> datetime | None:
    """When this person had signed in before this time, by the clock that records go by; None at the first."""
    before = request.session.get(PREVIOUS_VISIT)
    if before is None:
        return None
    return clock.now() - (timezone.now() - datetime.fromtimestamp(before, UTC))


def lacks_time_code(request: HttpRequest) -> bool:
    """Whether this session is of a role that must give a time code, and has given none."""
    if settings.TANZHI_TIME_CODES == "off" or not isinstance(request.user, Person):
        return False
    verified = getattr(request.user, "is_verified", None)
    return bool(TIME_CODE_ROLES & actor_of_request(request).roles) and not (verified is not None and verified())


def person_of_request(request: HttpRequest) -> Person:
    """The person who signed in; pages that ask are behind `login_required`."""
    if not isinstance(request.user, Person):
        raise TypeError("nobody has signed in")
    return request.user


def region_asked(request: HttpRequest) -> str:
    """The region that a page is asked for; unasked, the reader's own province where it is not the installation's."""
    region_code = request.GET.get("region", "")
    if region_code or not settings.TANZHI_PROVINCE:
        return region_code
    own = {grant.region_path.split("/")[0] for grant in actor_of_request(request).grants if grant.region_path}
    return own.pop() if len(own) == 1 and settings.TANZHI_PROVINCE not in own else ""
