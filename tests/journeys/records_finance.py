"""A library for each language; an owner, three experts and a bank: those who act on a finance project."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tanzhi.organisations.register.model import Region

# the library to which a project is applied for, in which language
LIBRARIES = {"zh": "LIBZH", "en": "LIBEN"}
OWNER, BANK, INSTITUTE = "FIN-OWNER", "FIN-BANK", "FIN-INST"
EXPERTS = ("expert_one", "expert_two", "expert_three")


def load(province: Region, city: Region) -> None:
    from tanzhi.actions.perform import perform
    from tanzhi.organisations.people.model import Person
    from tanzhi.organisations.people.roles import actor_of
    from tests import factories

    employers = (
        (OWNER, city, "project_owner", "project_owner", ("fin_owner",)),
        (BANK, province, "bank", "bank", ("fin_banker",)),
        (INSTITUTE, province, "institute", "expert", EXPERTS),
    )
    for code, where, kind, role, people in employers:
        firm = factories.organisation(code, where, kind)
        for name in people:
            factories.person(name, (role, firm), password=factories.PASSWORD)
    officer = actor_of(Person.objects.get(sign_in_name="officer"))
    for language, code in LIBRARIES.items():
        named = {"zh": f"项目库 {language}", "en": f"Library {language}"}
        told = {"code": code, "kind": "library", "region": province.code}
        perform("finance.add_programme", officer, data=told | named)
