"""What an entry tells the public: nothing by default, and what the table names; who may see reads the rest."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from tanzhi.actions.registry import ACTIONS, Refused, decide, perform
from tanzhi.evidence import set_aside
from tanzhi.evidence.disclosure import OPAQUE, parted, table
from tanzhi.evidence.log import particulars, record
from tanzhi.evidence.models import Entry, Payload
from tanzhi.evidence.receipts import receipt
from tanzhi.evidence.sealer import seal_all
from tanzhi.organisations.people.roles import actor_of
from tests import factories

if TYPE_CHECKING:
    from tanzhi.actions.registry import Actor
    from tests.factories import World

ACTS = sorted(ACTIONS)
BODY = {
    "actor": 7, "proposer": 8, "role": "clerk", "action": "a.b", "subject": "x.y:1", "data": "ab" * 32, "from": "a",
    "to": "b", "tonnes": 258996, "content": "cd" * 32, "files": ["ef" * 32], "codes": ["P02"], "parameter": "p.q",
    "replaces": [1], "erased": ["01" * 32], "words": "秘密",
}  # fmt: skip
RENAMED = {"zh": "新名", "en": "New name", "since": "2024-01-01", "basis": "依据"}
ALWAYS = {"kind", "subject", "body"}


@pytest.mark.parametrize("kind", [*ACTS, *(f"{name}.proposed" for name in ACTS), "actions.job"])
def test_every_act_tells_only_what_the_table_names(kind: str) -> None:
    parts = parted(kind, "x.y:1", BODY, {"actor_name": "张三"})
    row = table().kinds.get(kind)
    if row is None:
        assert parts.public == {"kind": OPAQUE}
    else:
        assert parts.public["kind"] == kind
        assert parts.public.keys() <= ALWAYS
        assert parts.public.get("body", {}).keys() == row.fields & BODY.keys()
        assert ("subject" in parts.public) == row.subject
    assert {"actor", "proposer", "data", "actor_name"} <= parts.personal.keys()
    kept_apart = parts.public.get("body", {}).keys() | parts.particulars["body"].keys() | parts.personal.keys()
    assert kept_apart == BODY.keys() | {"actor_name"}


def test_every_row_of_the_table_is_an_act_with_its_law() -> None:
    rows = table()
    assert rows.kinds.keys() - {set_aside.KIND} <= ACTIONS.keys()  # an operator's command, no action of a person
    assert all(row.law.keys() <= rows.laws.keys() and row.law and row.why for row in rows.kinds.values())
    assert not any(row.fields & rows.personal for row in rows.kinds.values())


def public_words() -> str:
    return "\n".join(bytes(entry.canonical).decode() for entry in Entry.objects.all())


def guesses(name: str, sign_in_name: str, email: str) -> set[str]:
    """What somebody computes who suspects a person: digests of the words and of the input, without a secret."""
    typed = {"sign_in_name": sign_in_name, "name": name, "email": email, "language": "zh-hans"}
    inputs = [name, sign_in_name, email, typed, ["organisations.invite_person", "", typed]]
    encodings = [{"sort_keys": True, "separators": (",", ":")}, {}]
    texts = [
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False, **e) for one in inputs for e in encodings
    ]
    return {hashlib.sha256(text.encode()).hexdigest() for text in texts}


@pytest.mark.django_db
def test_acts_leave_no_name_no_reference_and_no_digest_that_a_guess_confirms(
    world: World, security_administrator: Actor
) -> None:
    data = {"sign_in_name": "zhangsan", "name": "张三丰", "email": "zhang@example.org", "language": "zh-hans"}
    person = perform("organisations.invite_person", security_administrator, data=data).result.person
    perform("organisations.grant_role", security_administrator, person, {
        "role": "enterprise_filer", "organisation": world.plant.code, "since": "2024-01-01"})  # fmt: skip
    words = public_words()
    assert Entry.objects.count() >= 2
    for secret in (
        "张三丰",
        "zhangsan",
        "example.org",
        security_administrator.name,
        "organisations",
        world.plant.code,
        "role",
    ):
        assert secret not in words
    assert not guesses("张三丰", "zhangsan", "zhang@example.org") & set(re.findall("[0-9a-f]{64}", words))
    personal = Payload.objects.filter(part="personal", entry__kind="organisations.invite_person").latest("pk")
    assert "data" in json.loads(bytes(personal.content or b""))  # under a salt, and erasable


@pytest.mark.django_db
def test_the_same_act_twice_gives_digests_that_nobody_connects() -> None:
    with transaction.atomic():
        leaves = [json.loads(bytes(record("t.x", "a.b:1", {"n": 1}, {"name": "x"}).canonical)) for _ in range(2)]
    assert leaves[0].keys() == {"at", "kind", "particulars", "personal"}
    assert len({leaf[part] for leaf in leaves for part in ("particulars", "personal")}) == 4


@pytest.mark.django_db
def test_particulars_and_public_fields_are_one_body_again_for_the_platform() -> None:
    body = {"content": "ab" * 32, "from": "drafted", "role": "provincial_officer", "actor": 3}
    with transaction.atomic():
        entry = record("bulletin.publish", "bulletin.edition:1", body)
    assert json.loads(bytes(entry.canonical))["body"] == {"content": "ab" * 32, "from": "drafted"}
    assert particulars(entry) == {name: value for name, value in body.items() if name != "actor"}
    assert receipt(entry) is None


@pytest.mark.django_db
@pytest.mark.parametrize("part", ["personal", "particulars"])
def test_a_part_is_erased_by_two_people_and_the_log_stays_whole(
    part: str, world: World, administrator: Actor, officer: Actor
) -> None:
    from tanzhi.evidence.checking import verify

    entry = perform("organisations.rename", officer, world.plant, RENAMED).entry
    seal_all()
    entry.refresh_from_db()
    before = {(fault.code, fault.place) for fault in verify().faults}
    data = {"receipt": entry.number, "part": part, "reason": "请求删除"}
    proposal = perform("evidence.erase", administrator, data=data)
    second = actor_of(factories.person("second_administrator", ("administrator", None)))
    assert proposal.proposal
    erasure = decide(proposal.proposal, second).entry
    assert json.loads(bytes(erasure.canonical))["body"]["erased"] == [json.loads(bytes(entry.canonical))[part]]
    row = Payload.objects.get(entry=entry, part=part)
    assert (row.salt, row.content) == (None, None)
    seal_all()
    assert {(fault.code, fault.place) for fault in verify().faults} == before
    with pytest.raises(Refused, match="EVD-41"):
        perform("evidence.erase", administrator, data=data)
