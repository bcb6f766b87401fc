"""The form of an action: made of its input, filled again after a refusal, and safe against a second press."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client
from django.utils.datastructures import MultiValueDict
from pydantic import Field, SecretStr

from tanzhi.actions.registry import ACTIONS, Actor, Call, Input, Label, action, anywhere
from tanzhi.evidence.files import open_stored
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.buttons import buttons
from tanzhi.presentation.forms.fields import Attached, Choices, Help, Long
from tanzhi.presentation.forms.form import ActionForm
from tanzhi.presentation.forms.submission import Files, data_from
from tanzhi.rulebook.kernel.text import Text


class Line(Input):
    code: Annotated[str, Label("代码", "Code")]
    parts: Annotated[list[str], Label("组成", "Parts")] = Field(default_factory=list)


class Everything(Input):
    name: Annotated[str, Label("名称", "Name"), Help("按营业执照", "As in the licence")]
    kind: Annotated[str, Label("类别", "Kind"), Choices({"a": Text("甲", "A"), "b": Text("乙", "B")})]
    tone: Annotated[Literal["low", "high"], Label("高低", "Tone")] = "low"
    amount: Annotated[Decimal | None, Label("数量", "Amount")] = None
    count: Annotated[int, Label("件数", "Count")] = 1
    on: Annotated[date, Label("日期", "Date")]
    agreed: Annotated[bool, Label("同意", "Agreed")] = False
    secret: Annotated[SecretStr | None, Label("口令", "Secret")] = None
    reason: Annotated[str, Field(max_length=2000), Label("理由", "Reason")] = ""
    note: Annotated[str, Long(), Label("说明", "Note")] = ""
    lines: Annotated[list[str], Label("各行", "Lines")] = Field(default_factory=list)
    several: Annotated[list[Literal["x", "y"]], Label("多选", "Several")] = Field(default_factory=list)
    records: Annotated[list[Line], Label("各条", "Records")] = Field(default_factory=list)
    facts: Annotated[dict[str, Any], Label("事项", "Facts")] = Field(default_factory=dict)
    proof: Annotated[str, Label("凭证", "Proof"), Attached(".pdf")] = ""
    proofs: Annotated[list[str], Label("凭证若干", "Proofs"), Attached()] = Field(default_factory=list)


@pytest.fixture
def everything() -> Iterator[str]:
    @action("made.up", label=Text("例", "Made up"), by={"administrator"}, place=anywhere, input=Everything)
    def made_up(call: Call) -> None:
        """Nothing: the form is what is looked at."""

    yield "made.up"
    del ACTIONS["made.up"]


ADMINISTRATOR = Actor.platform()
CONTROLS = {
    "name": "text",
    "kind": "choice",
    "tone": "choice",
    "amount": "decimal",
    "count": "whole",
    "on": "date",
    "agreed": "checkbox",
    "secret": "password",
    "reason": "long",
    "note": "long",
    "lines": "lines",
    "several": "several",
    "records": "rows",
    "facts": "pairs",
    "proof": "file",
    "proofs": "files",
}


def test_each_type_gets_its_control(everything: str) -> None:
    form = ActionForm.of(everything, ADMINISTRATOR)
    assert {field.name: field.control for field in form.fields} == CONTROLS
    assert form.has_files
    named = {field.name: field for field in form.fields}
    assert named["name"].help == Text("按营业执照", "As in the licence")
    assert [code for code, _ in named["kind"].options] == ["a", "b"]
    assert named["proof"].accept == ".pdf"


@pytest.mark.django_db
def test_a_post_becomes_the_input(everything: str) -> None:
    posted = QueryDict(
        "name=N&kind=a&amount=1.50&count=&on=2024-06-30&agreed=on&lines-0-value=one&lines-1-value=two"
        "&several=x&several=y&records-0-code=c1&records-0-parts=p1,p2&records-1-code=&records-1-parts="
        "&records-2-code=c2&facts-0-name=capacity&facts-0-value=+350"
    )
    files = MultiValueDict(
        {"proof": [SimpleUploadedFile("a.pdf", b"proof")], "proofs": [SimpleUploadedFile("b", b"b")]}
    )
    given = data_from(ACTIONS[everything], posted, Files(files, 7))
    read = Everything.model_validate(given)
    assert (read.amount, read.count, read.on, read.agreed) == (Decimal("1.50"), 1, date(2024, 6, 30), True)
    assert (read.lines, read.several, read.facts) == (["one", "two"], ["x", "y"], {"capacity": "350"})
    assert read.records == [Line(code="c1", parts=["p1", "p2"]), Line(code="c2")]
    with open_stored(read.proof) as file:
        assert file.read() == b"proof"
    assert len(read.proofs) == 1


def test_a_blank_field_is_missing_and_not_an_empty_word(everything: str) -> None:
    assert "name" not in data_from(ACTIONS[everything], QueryDict("name=&kind=a"))


@pytest.fixture
def browser(officer: Actor) -> Client:
    Person.objects.filter(pk=officer.person_id).update(state="active", is_active=True)
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(pk=officer.person_id), "django.contrib.auth.backends.ModelBackend")
    return client


def test_a_finding_stands_beside_its_field_and_what_was_given_stays(browser: Client, plant: Organisation) -> None:
    address = f"/presentation/act/organisations.rename/{plant.pk}/"
    response = browser.post(address, {"zh": "新名", "en": "N", "since": "maybe"})
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(r'name="since"[^>]*aria-invalid="true"[^>]*aria-describedby="[^"]*wrong-since', page)
    assert 'value="新名"' in page


def test_pressing_twice_changes_once(browser: Client, plant: Organisation) -> None:
    address = f"/presentation/act/organisations.rename/{plant.pk}/"
    found = re.search(r'name="key" value="(\w+)"', browser.get(address).content.decode())
    assert found is not None
    data = {"zh": "新名", "en": "New", "since": "2023-01-01", "key": found.group(1)}
    assert browser.post(address, data).status_code == 302
    assert browser.post(address, data).status_code == 302
    assert plant.names.filter(zh="新名").count() == 1


def test_the_form_leads_back_where_it_came_from_but_never_elsewhere(browser: Client, plant: Organisation) -> None:
    address = f"/presentation/act/organisations.rename/{plant.pk}/"
    data = {"zh": "新名", "en": "New", "since": "2023-01-01"}
    assert browser.post(address, data | {"next": "/organisations/"}).headers["Location"] == "/organisations/"
    again = data | {"since": "2024-01-01", "next": "https://elsewhere.example/"}
    assert browser.post(address, again).headers["Location"] == f"/organisations/{plant.pk}/"


def test_a_record_out_of_reach_is_not_there(stranger: Actor, plant: Organisation) -> None:
    Person.objects.filter(pk=stranger.person_id).update(state="active", is_active=True)
    client = Client()
    client.force_login(Person.objects.get(pk=stranger.person_id), "django.contrib.auth.backends.ModelBackend")
    assert client.get(f"/presentation/act/organisations.rename/{plant.pk}/").status_code == 404
    assert client.get("/presentation/act/no.such/").status_code == 404


def test_a_button_shows_where_role_reach_and_state_permit(
    officer: Actor, clerk: Actor, other_officer: Actor, plant: Organisation
) -> None:
    names = ("organisations.rename", "organisations.register")
    assert [button.name for button in buttons(officer, names, plant)] == list(names)
    assert buttons(clerk, names, plant) == []
    assert [button.name for button in buttons(other_officer, names, plant)] == ["organisations.register"]
    plant.state = "closed"
    assert [button.name for button in buttons(officer, ("organisations.close",), plant)] == []
