"""A city's check of clues on a phone: who opens the page, what it shows, what is kept of photos and signatures."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from tanzhi.actions.registry import Actor, perform
from tanzhi.evidence.files import receive
from tanzhi.organisations.people.model import Person
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.workflow.dossier.model import Attachment
from tests.factories import PASSWORD, World, person
from tests.streams.verification.clues.conftest import ROW
from tests.streams.verification.clues.test_work import refused
from tests.streams.verification.conftest import day

if TYPE_CHECKING:
    from django.test import Client

REAL = {"outcome": "real", "result": "属实，报告缺号"}


@pytest.fixture
def city_person(world: World) -> Person:
    return person("city_reader", ("city_officer", world.city_authority), password=PASSWORD)


@pytest.fixture
def second(dispatched: Clue, officer: Actor) -> Clue:
    with day(5, 7):
        clue: Clue = perform("verification.receive_clue", officer, data=ROW | {"number": "GJ-2"}).result
        perform("verification.dispatch_clue", officer, clue, {"requirement": "请核对台账"})
    return clue


def picture(name: str, content: bytes = b"\x89PNG\r\n\x1a\nx") -> str:
    return receive(io.BytesIO(content), name, "").file.sha256


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_page_shows_what_is_required_of_each_clue_of_an_enterprise(
    client: Client, dispatched: Clue, second: Clue, city_person: Person, language: str
) -> None:
    client.cookies["django_language"] = language
    client.force_login(city_person)
    both = client.get(f"/verification/site/enterprises/{dispatched.organisation_id}/").content.decode()
    for words in ("GJ-1", "GJ-2", "请核对原件", "请核对台账", ROW["text"], 'data-act="verification.check_clue"'):
        assert words in both
    alone = client.get(f"/verification/site/clues/{second.pk}/").content.decode()
    assert "请核对台账" in alone
    assert "请核对原件" not in alone
    state = client.get(f"/verification/site/enterprises/{dispatched.organisation_id}/state.json").json()
    assert [(line["number"], line["open"], line["notes"]) for line in state["lines"]] == [
        (dispatched.pk, True, []), (second.pk, True, [])
    ]  # fmt: skip
    case = client.get(second.get_absolute_url()).content.decode()
    assert f"/verification/site/clues/{second.pk}/" in case
    assert f"/verification/site/enterprises/{second.organisation_id}/" in case


def test_nobody_but_the_city_opens_the_page(
    client: Client, dispatched: Clue, world: World, clerk_person: Person
) -> None:
    address = f"/verification/site/clues/{dispatched.pk}/"
    assert client.get(f"{address}state.json").status_code == 401
    others = [clerk_person, person("above", ("provincial_officer", world.authority), password=PASSWORD)]
    others.append(person("far", ("city_officer", world.other_authority), password=PASSWORD))
    for other in others:
        client.force_login(other)
        assert client.get(address).status_code == 404
        assert client.get(f"{address}state.json").status_code == 404


def test_photos_and_a_drawn_signature_stay_beside_the_clue_in_either_order(
    client: Client, dispatched: Clue, second: Clue, city_officer: Actor, clerk: Actor, city_person: Person
) -> None:
    signature = {"name": "张三", "capacity": "enterprise", "image": picture("signature.png")}
    with day(5, 8):
        assert refused("verification.sign_clue_check", clerk, dispatched, signature) == "ACT-ROLE"
        no_picture = signature | {"image": picture("a.png", b"no picture at all")}
        assert refused("verification.sign_clue_check", city_officer, dispatched, no_picture) == "VER-PHOTO"
        assert refused(
            "verification.check_clue", city_officer, dispatched, REAL | {"photos": [no_picture["image"]]}
        ) == ("VER-PHOTO")
        perform("verification.sign_clue_check", city_officer, dispatched, signature)
        perform("verification.check_clue", city_officer, dispatched, REAL | {"photos": [picture("scale.png")]})
        perform("verification.check_clue", city_officer, second, {"outcome": "not_real", "result": "台账齐全"})
        perform("verification.sign_clue_check", city_officer, second, signature)
    titles = list(Attachment.objects.filter(case=dispatched.reference).order_by("pk").values_list("title", flat=True))
    assert titles == ["手绘签名图像，不是电子签名：张三（企业人员）", "现场核实照片"]
    client.force_login(city_person)
    page = client.get(f"/verification/site/enterprises/{dispatched.organisation_id}/").content.decode()
    assert page.count("张三（企业人员）") == 2
    state = client.get(f"/verification/site/clues/{second.pk}/state.json").json()
    assert [(line["open"], line["notes"][0]["remark"]) for line in state["lines"]] == [(False, "台账齐全")]
    # A signature may still be added after the check; the check itself is done.
    case = client.get(second.get_absolute_url()).content.decode()
    assert f"/act/verification.sign_clue_check/{second.pk}/" in case
    assert f"/verification/site/clues/{second.pk}/" not in case
