"""One record of the streams whose journeys only begin to make theirs, for the pages that a reader opens first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Region

WORDS = "有人查看 / to be looked at"


def load(province: Region, plant: str) -> None:
    """A clue and a verification of a plant that filed its year, an event, a pilot, a recommendation."""
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of

    officer = actor_of(Person.objects.get(sign_in_name="officer"))
    named = {"region": province.code, "zh": "示例", "en": "Example"}
    clue = {"number": "C-1", "organisation": plant, "parameter": "元素碳 / carbon", "text": WORDS}
    perform("verification.receive_clue", officer, data=clue)
    case = perform("verification.arrange", officer, data={"organisation": plant, "year": 2023}).result
    _begin(case, officer)
    perform("policy.plan_event", officer, data=named | {"kind": "training", "on": "2024-06-05"})
    pilot = {"programme_zh": "试点", "programme_en": "Pilot", "organisation": "P99", "named_on": "2024-06-05"}
    perform("policy.name_pilot", officer, data=named | pilot | {"kind": "city", "topic": "peaking"})
    asked = {"kind": "unit", "to_zh": "国家", "to_en": "the state", "grounds": WORDS}
    perform("policy.nominate", officer, data=named | asked)


def _begin(case: Any, officer: Actor) -> None:
    """Its group of two has reviewed the papers and drawn up its list: the visit is about to begin."""
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of

    lead, member = (Person.objects.get(sign_in_name=name) for name in ("verifier_one", "verifier_two"))
    perform("verification.form_group", officer, case, {"leader": lead.pk, "members": [member.pk]})
    perform("verification.review", actor_of(lead), case, {"review": WORDS, "site_list": WORDS})
    perform("verification.draw_review_list", actor_of(lead), case)
