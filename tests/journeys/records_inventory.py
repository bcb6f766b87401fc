"""For each language an inventory of which every cell but cement is noted, and the two of the department who file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region

# the inventory of which year is compiled in which language
INVENTORIES = {"zh": 2021, "en": 2022}
CREW = (("clerk", "provincial_officer"), ("approver", "provincial_officer"))
CEMENT = "IP.1"


def load(province: Region, _city: Region) -> None:
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of
    from tanzhi.organisations.register.model import Organisation
    from tanzhi.rulebook.inventory.categories import cells
    from tests import factories

    officer = actor_of(Person.objects.get(sign_in_name="officer"))
    department = Organisation.objects.get(code="P99")
    for name, role in CREW:
        factories.person(f"inventory_{name}", (role, department), password=factories.PASSWORD)
    for year in INVENTORIES.values():
        asked = {"region": province.code, "year": year, "edition": "2011", "gwp_set": "SAR"}
        inventory = perform("inventory.open", officer, data=asked).result
        for category, gas in cells():
            if category.code != CEMENT:
                told = {"category": category.code, "gas": gas, "key": "NO"}
                perform("inventory.note", officer, inventory, told)
