"""From a web request to an actor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings

from .models import Person
from .roles import actor_of, public_actor

if TYPE_CHECKING:
    from django.http import HttpRequest

    from tanzhi.actions.actor import Actor


def actor_of_request(request: HttpRequest) -> Actor:
    """Whoever signed in, with his roles of today; otherwise the public."""
    person = getattr(request, "user", None)
    return actor_of(person) if isinstance(person, Person) and person.is_active else public_actor()


def person_of_request(request: HttpRequest) -> Person:
    """The person who signed in; pages that ask are behind `login_required`."""
    if not isinstance(request.user, Person):
        raise TypeError("nobody has signed in")
    return request.user


def region_asked(request: HttpRequest) -> str:
    """The region that a page is asked for; unasked, the reader's own province where it is not the installation's."""
    asked = request.GET.get("region", "")
    if asked or not settings.TANZHI_PROVINCE:
        return asked
    own = {grant.region_path.split("/")[0] for grant in actor_of_request(request).grants if grant.region_path}
    return own.pop() if len(own) == 1 and settings.TANZHI_PROVINCE not in own else ""
