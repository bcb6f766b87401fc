"""People with their roles out of a sheet: decided by two as a whole, invited by letters or mail, taken back in time."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from tanzhi.actions.models import Proposal
from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.office.registers.people import PEOPLE
from tanzhi.organisations.people.model import Grant, Person, Token
from tanzhi.organisations.people.roles import actor_of
from tests.factories import PASSWORD, World, person
from tests.sheets import file, goes_out_as_it_comes_in, taken_in_by_two

HEADS = ("登录名", "姓名", "电子邮箱", "角色", "单位", "起始日期")
ROWS = (
    HEADS,
    ("li.si", "李四", "li@example.com", "企业填报人", "示例PLANT", "2024-01-01"),
    ("li.si", "李四", "", "企业审核人", "PLANT", "2024-01-01"),
    ("wang.wu", "王五", "", "省级经办", "P99", 45292),
)


@pytest.fixture
def rows() -> tuple[tuple[object, ...], ...]:
    """With roles by the words that the platform has for them."""
    from tanzhi.actions.roles import ROLES

    words = [ROLES[code].label.zh for code in ("enterprise_filer", "enterprise_approver", "provincial_officer")]
    return (HEADS, *((*row[:3], role, *row[4:]) for row, role in zip(ROWS[1:], words, strict=True)))


def test_a_file_of_people_takes_effect_once_another_administrator_approves_it(
    security_administrator: Actor, second_administrator: Actor, world: World, rows: tuple[tuple[object, ...], ...]
) -> None:
    proposal = perform(PEOPLE.commit_name, security_administrator, data={"file": file(*rows)}).proposal
    assert not Person.objects.filter(sign_in_name="li.si").exists()
    with pytest.raises(Refused) as refused:
        decide(proposal or 0, security_administrator)
    assert refused.value.code == "ACT-SELF"
    decide(proposal or 0, second_administrator)
    held = Grant.objects.filter(person__sign_in_name__in=("li.si", "wang.wu")).order_by("pk")
    assert [(one.person.name, one.role, one.organisation.code, one.since) for one in held if one.organisation] == [
        ("李四", "enterprise_filer", "PLANT", date(2024, 1, 1)),
        ("李四", "enterprise_approver", "PLANT", date(2024, 1, 1)),
        ("王五", "provincial_officer", "P99", date(2024, 1, 1)),
    ]
    goes_out_as_it_comes_in(PEOPLE, security_administrator, Grant.objects.count())


def test_whoever_has_not_come_in_goes_out_again_and_whoever_has_stays(
    security_administrator: Actor, second_administrator: Actor, world: World, rows: tuple[tuple[object, ...], ...]
) -> None:
    done = taken_in_by_two(PEOPLE, security_administrator, second_administrator, *rows)
    why = {"reason": "名单有误"}
    proposal = perform(PEOPLE.undo_name, security_administrator, done, why).proposal
    decide(proposal or 0, second_administrator)
    assert not Person.objects.filter(sign_in_name__in=("li.si", "wang.wu")).exists()
    done = taken_in_by_two(PEOPLE, security_administrator, second_administrator, *rows)
    somebody = Person.objects.get(sign_in_name="wang.wu")
    link = perform("organisations.invite_again", security_administrator, somebody).result
    perform("organisations.accept_invitation", actor_of(somebody), somebody,
            {"secret": link.secret, "password": PASSWORD})  # fmt: skip
    with pytest.raises(Refused) as refused:
        perform(PEOPLE.undo_name, security_administrator, done, why)
    assert refused.value.code == "IMP-BUILT"
    assert Grant.objects.filter(person__sign_in_name="li.si").count() == 2


def test_a_right_that_nobody_may_have_refuses_the_file_before_it_is_proposed(
    security_administrator: Actor, world: World, rows: tuple[tuple[object, ...], ...]
) -> None:
    wrong = (*rows, ("zhao.liu", "赵六", "", rows[1][3], "P99", "2024-01-01"))  # an authority has no plant's filer
    with pytest.raises(Refused) as refused:
        perform(PEOPLE.commit_name, security_administrator, data={"file": file(*wrong)})
    assert [(one.code, one.place) for one in refused.value.findings] == [("ACT-INPUT", "Sheet!D5")]
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_invitations_of_a_whole_import_are_made_and_printed_at_once(
    client: Client,
    security_administrator: Actor,
    second_administrator: Actor,
    world: World,
    rows: tuple[tuple[object, ...], ...],
    language: str,
) -> None:
    done = taken_in_by_two(PEOPLE, security_administrator, second_administrator, *rows)
    client.cookies["django_language"] = language
    client.force_login(person("keeper", ("security_administrator", None), password=PASSWORD))
    way = f"/cases/imports/{done.pk}/invitations/"
    assert way in client.get(done.get_absolute_url()).content.decode()
    page = client.post(way).content.decode()
    secrets = re.findall(r"/invitation/([\w-]{40,})/", page)
    assert len(secrets) == 2  # a letter a person, not one a role
    valid = Token.objects.filter(kind="invitation", used_at=None, person__sign_in_name__in=("li.si", "wang.wu"))
    assert valid.count() == 2
    client.force_login(person("reader", ("auditor", world.authority), password=PASSWORD))
    assert client.post(way).status_code == 404
