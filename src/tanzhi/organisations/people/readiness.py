"""What people say of a province's readiness: administrators, who works in each organisation, verification bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tanzhi.actions.readiness import GROUND, PEOPLE, NextStep, Shortfall, Standing, part
from tanzhi.law.evaluation import count
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.register.queries import key_units
from tanzhi.organisations.register.readiness import KEEPERS, cities, named, provinces, registered, registered_in
from tanzhi.rulebook.kernel.text import Text

from .model import Grant

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor

SECURITY = frozenset({"security_administrator"})
LEAST_ADMINISTRATORS = 2  # a value of the law is entered by one and approved by another
TO_PEOPLE = NextStep(Text("邀请人员、授予角色", "Invite people, grant roles"), SECURITY, "organisations:people")
TO_VERIFIERS = NextStep(Text("登记核查机构", "Register verification bodies"), KEEPERS, "organisations:list")
Holders = Mapping[int | None, Mapping[str, set[int]]]


def _holders(today: date) -> Holders:
    """Who can sign in, by organisation and role."""
    people: dict[int | None, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    rows = Grant.objects.filter(in_force(today), person__is_active=True)
    for organisation, role, person in rows.values_list("organisation_id", "role", "person_id"):
        people[organisation][role].add(person)
    return people


@part("organisations.administrators", PEOPLE, 10, Text("管理员", "Administrators"), TO_PEOPLE)
def administrators_standing(_actor: Actor, today: date) -> Standing:
    """Two system administrators and a security administrator who have signed in, each a person of his own."""
    grants = Grant.objects.filter(in_force(today), role__in=("administrator", "security_administrator"))
    rows = [grant for grant in grants.select_related("person") if grant.person.state != "disabled"]
    active = {
        role: {g.person_id for g in rows if g.role == role and g.person.is_active}
        for role in sorted({g.role for g in rows})
    }
    system, security = len(active.get("administrator", ())), len(active.get("security_administrator", ()))
    lacks = []
    if system < LEAST_ADMINISTRATORS:
        words = Text(
            "系统管理员 {n} 名：法定参数由一人录入、另一人批准，须有两名",
            "system administrators: {n}; a legal value is entered by one and approved by another, so two are needed",
        )
        lacks.append(Shortfall("RDY-ADMINS", words.format(n=system)))
    if not security:
        words = Text("没有安全管理员，无人可邀请人员", "no security administrator: nobody can invite people")
        lacks.append(Shortfall("RDY-SECURITY", words))
    waiting = {grant.person_id for grant in rows if not grant.person.is_active}
    if waiting:
        words = Text("{n} 名管理员尚未接受邀请", "{n} administrators have not accepted their invitation")
        lacks.append(Shortfall("RDY-INVITED", words.format(n=len(waiting))))
    accounts: dict[str, set[int]] = defaultdict(set)
    for grant in rows:
        accounts[grant.person.name].add(grant.person_id)
    same_person = [name for name, keys in accounts.items() if len(keys) > 1]
    if same_person:
        words = Text(
            "{n} 个姓名各有几个管理员账户：两人复核须由两个人办理",
            "{n} names have several administrators' accounts: two eyes must be two people's",
        )
        lacks.append(Shortfall("RDY-ONE-PERSON", words.format(n=len(same_person))))
    there = Text("系统管理员 {n} 名，安全管理员 {s} 名", "{n} system, {s} security administrators")
    return Standing(there.format(n=system, s=security), tuple(lacks))


@part("organisations.people", PEOPLE, 20, Text("各单位人员与角色", "People and roles of each organisation"), TO_PEOPLE)
def people_standing(actor: Actor, today: date) -> Standing:
    """Two people of each plant on the list, an officer of each city, an officer and a director of the province."""
    home, below = provinces(today), cities(today)
    if not home:
        return Standing(Text("没有省份", "no province"), why=Text("先建立省份", "the province comes first"))
    holders, firms = _holders(today), registered_in(registered(actor))
    listed_keys = set(key_units(today).values_list("pk", flat=True))
    plants = [firm for firm in firms if firm.pk in listed_keys]
    alone = [firm for firm in plants if not _is_two(holders.get(firm.pk, {}))]
    authorities = [firm for firm in firms if firm.kind == "authority"]
    links = named(alone or plants, today, actor)  # as many queries for none as for some
    lacks = []
    if alone:
        words = Text(
            "{n} 家名录内单位没有两人：填报人和审批人各一名",
            "{n} on the list do not have two people, one to file and one to approve",
        )
        lacks.append(Shortfall("RDY-PLANT-PEOPLE", words.format(n=len(alone)), links))
    staffed = {
        role: {firm.region_id for firm in authorities if holders.get(firm.pk, {}).get(role)}
        for role in ("provincial_officer", "provincial_director", "city_officer")
    }
    for code, role, words in (
        ("RDY-OFFICER", "provincial_officer", Text("{n} 个省份没有省级经办人员", "{n} provinces have no officer")),
        ("RDY-DIRECTOR", "provincial_director", Text("{n} 个省份没有省级负责人", "{n} provinces have no director")),
    ):
        bare = [province for province in home if province.pk not in staffed[role]]
        lacks += [Shortfall(code, words.format(n=len(bare)))] if bare else []
    bare = [city for city in below if city.pk not in staffed["city_officer"]]
    if bare:
        words = Text("{n} 个地市没有市级经办人员", "{n} cities have no officer")
        names = tuple((city.name, city.get_absolute_url()) for city in bare)
        lacks.append(Shortfall("RDY-CITY-OFFICER", words.format(n=len(bare)), names))
    there = Text("可登录 {n} 人", "{n} people can sign in")
    number = len({person for roles in holders.values() for people in roles.values() for person in people})
    return Standing(there.format(n=number), tuple(lacks))


def _is_two(roles: Mapping[str, Iterable[int]]) -> bool:
    """Whether one person can file and another one approve."""
    filers, approvers = set(roles.get("enterprise_filer", ())), set(roles.get("enterprise_approver", ()))
    return bool(filers and approvers) and len(filers | approvers) > 1


@part("organisations.verifiers", GROUND, 50, Text("核查机构", "Verification bodies"), TO_VERIFIERS)
def verifiers_standing(actor: Actor, today: date) -> Standing:
    """At least one body, each with as many verifiers as a group has by law."""
    bodies: list[Organisation] = list(registered(actor).filter(kind="verifier"))
    if not bodies:
        nobody = Shortfall("RDY-VERIFIER", Text("没有登记核查机构", "no verification body is registered"))
        return Standing(Text("0 家", "none"), (nobody,))
    holders, least = _holders(today), count("procedure.verification_group", on=today)
    short = [body for body in bodies if len(holders.get(body.pk, {}).get("verifier", ())) < least]
    words = Text("{n} 家不足 {least} 名核查员", "bodies with fewer than {least} verifiers: {n}").format(
        n=len(short), least=least
    )
    lacks = (Shortfall("RDY-VERIFIER-PEOPLE", words, named(short, today, actor)),) if short else ()
    return Standing(Text("{n} 家", "{n} bodies").format(n=len(bodies)), lacks)
