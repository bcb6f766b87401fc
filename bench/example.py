"""The example province, loaded once for all measurements that need it, and every record it gave to the rules."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any
from unittest import mock

from tanzhi.rulebook.kernel.records import RecordNode

if TYPE_CHECKING:
    from tanzhi.organisations.people.model import Person

Records = dict[tuple[str, int], list[Mapping[str, Any]]]
"""By guideline and year, without repetitions."""


@cache
def province() -> Records:
    """Loads the example through its actions; what the rules were asked meanwhile, stream by stream."""
    from django.conf import settings
    from django.core.management import call_command

    from tanzhi.evidence.sealer import seal_all
    from tanzhi.examples.gansu import PROVINCE, load

    found: dict[tuple[str, int], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    call_command("migrate", interactive=False, verbosity=0)
    settings.TANZHI_PROVINCE = PROVINCE  # other measurements make provinces of their own in the same database
    with mock.patch.object(RecordNode, "__init__", _telling(RecordNode.__init__, found)):
        load(lambda *_: None)
    seal_all()
    return {key: [*records.values()] for key, records in sorted(found.items())}


def _telling(made: Callable[..., None], found: Any) -> Callable[..., None]:
    def told(self: RecordNode, assessment: Any, level: str, data: Any, *above: Any) -> None:
        if not above:
            written = json.dumps(data, sort_keys=True, default=str)
            found[assessment.guideline.name, assessment.year][written] = data
        made(self, assessment, level, data, *above)

    return told


def officer() -> Person:
    """The provincial officer of the loaded example."""
    from tanzhi.organisations.people.model import Person

    province()
    return Person.objects.get(sign_in_name="officer")


def made_up() -> Person:
    """For tests: the officer of a province with a dozen enterprises, made through the actions."""
    from tanzhi.actions.actor import Actor
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.roles import actor_of

    since, platform = date(2020, 1, 1), Actor.platform()
    words = {"zh": "示例", "en": "Example", "since": since}
    perform("organisations.add_region", platform, data=words | {"code": "990000", "kind": "province"})
    for number in range(12):
        kind = {"kind": "enterprise", "sector": "power"} if number else {"kind": "authority"}
        data = words | {"code": f"E{number}", "region": "990000"} | kind
        perform("organisations.register", platform, data=data)
    data = {"sign_in_name": "measured", "name": "Measured"}
    issued = perform("organisations.invite_person", platform, data=data).result
    person: Person = issued.person
    role = {"role": "provincial_officer", "organisation": "E0", "since": since}
    perform("organisations.grant_role", platform, person, role)
    accepted = {"secret": issued.secret, "password": "painted-caves-of-990000"}
    perform("organisations.accept_invitation", actor_of(person), person, accepted)
    person.refresh_from_db()
    return person
