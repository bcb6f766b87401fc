"""`tanzhi admin`: two named people with a link each; the sealed letter of a reset, in a file for one reader."""

from __future__ import annotations

import re
import stat

import pytest
from django.test import Client
from tests.organisations.people.test_sign_in import NEW_PASSWORD, SIGN_IN

from tanzhi.actions.registry import decide, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of

pytestmark = pytest.mark.django_db
TWO = ("admin", "create", "张三", "zhangsan", "李四", "lisi")


def test_it_appoints_two_people_whose_links_let_them_in_and_does_so_once(tanzhi):
    made = tanzhi(*TWO)
    assert made.exit_code == 0, made.output
    links = re.findall(r"/organisations/invitation/\S+/", made.output)
    for name, link in zip(("zhangsan", "lisi"), links, strict=True):
        assert Client().post(link, {"password": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 302
        assert Client().post(SIGN_IN, {"username": name, "password": NEW_PASSWORD}).status_code == 302
    again = tanzhi(*TWO)
    assert again.exit_code != 0
    assert "ORG-FOUNDED" in again.output


def test_a_letter_is_written_once_two_have_decided_and_for_nobody_elses_eyes(
    tanzhi, tmp_path, clerk_person, security_administrator, second_administrator
):
    file = tmp_path / "letter.txt"
    early = tanzhi("admin", "letter", "clerk", file)
    assert "ORG-LETTER" in early.output
    assert not file.exists()
    proposal = perform("organisations.offer_reset", security_administrator, clerk_person).proposal
    decide(proposal, second_administrator)
    assert tanzhi("admin", "letter", "clerk", file).exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    link = re.search(r"/organisations/reset/\S+/", file.read_text("utf-8"))
    assert link is not None
    assert Client().post(link.group(), {"password": NEW_PASSWORD, "again": NEW_PASSWORD}).status_code == 302
    assert actor_of(Person.objects.get(pk=clerk_person.pk)).roles >= {"enterprise_filer"}
