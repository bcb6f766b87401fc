"""Applications for an account: anybody may send one, two decide or the head does, and nothing is opened by asking."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference
from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.actions.roles import HEAD
from tanzhi.actions.visibility import may_see
from tanzhi.evidence.models import Entry, Payload, RowDigest
from tanzhi.office.applications import work
from tanzhi.office.applications.model import AccountApplication, ApplicationPaper
from tanzhi.office.applications.papers import refuse_length
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of, public_actor
from tests import factories
from tests.factories import PASSWORD, World

pytestmark = pytest.mark.django_db
APPLY = "organisations.apply_for_account"
PAGE = "/cases/applications/apply/"
PDF = b"%PDF-1.7\nauthority of Wang Fang"
JPEG = b"\xff\xd8\xff\xe0 a photograph"
# A code whose last character checks the others: 17 characters and weights of GB 32100-2015, counted by hand below.
CODE = (
    "91620000MA0000001"
    + "0123456789ABCDEFGHJKLMNPQRTUWXY"[
        -sum(
            "0123456789ABCDEFGHJKLMNPQRTUWXY".index(sign) * weight
            for sign, weight in zip(
                "91620000MA0000001", (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28), strict=True
            )
        )
        % 31
    ]
)
ANSWERS = {
    "organisation": "PLANT", "name": "王芳", "role": "enterprise_filer", "email": "wang.fang@example.com",
    "phone": "0931-1234567",
}  # fmt: skip
NEW_FIRM = {"organisation": "", "organisation_name": "陇原热电有限公司", "credit_code": CODE, "region": "990100"}


def paper(content: bytes = PDF, name: str = "授权书.pdf") -> dict[str, str]:
    return {"name": name, "content": base64.b64encode(content).decode()}


def applied(**other: Any) -> AccountApplication:
    data = {**ANSWERS, "papers": [paper()], **other}
    application: AccountApplication = perform(APPLY, public_actor(), data=data).result
    return application


def refused(code: str, act: Any) -> Refused:
    with pytest.raises(Refused) as refusal:
        act()
    assert refusal.value.code == code
    return refusal.value


@pytest.fixture
def head(world: World) -> Actor:
    return actor_of(factories.person("head", (HEAD, world.plant), password=PASSWORD))


@pytest.fixture
def browser() -> Client:
    return Client(headers={"accept-language": "zh-hans"})


# --- applying ----------------------------------------------------------------------------------------


def test_a_stranger_applies_on_the_page_and_gets_a_number_and_nothing_else(world: World, browser: Client) -> None:
    assert PAGE in browser.get("/organisations/sign-in/").content.decode()
    form = browser.get(PAGE).content.decode()
    key = re.search(r'name="key" value="(\w+)"', form)
    assert key is not None
    files = [SimpleUploadedFile("授权书.pdf", PDF), SimpleUploadedFile("photo.jpg", JPEG)]
    answer = browser.post(PAGE, {**ANSWERS, "key": key[1], "papers": files})
    application = AccountApplication.objects.get()
    assert f"SQ{application.pk:06d}" in answer.content.decode()
    kept = [(row.name, row.media_type, base64.b64decode(row.content)) for row in application.papers.all()]
    assert kept == [("授权书.pdf", "application/pdf", PDF), ("photo.jpg", "image/jpeg", JPEG)]
    assert (application.state, application.organisation) == ("submitted", world.plant)
    assert not Person.objects.filter(name="王芳").exists()
    again = browser.post(PAGE, {**ANSWERS, "key": key[1], "papers": [SimpleUploadedFile("授权书.pdf", PDF)]})
    assert AccountApplication.objects.count() == 1, "a second click is a second application"
    assert again.status_code in (200, 409)
    for address in ("/cases/applications/", application.get_absolute_url()):
        assert browser.get(address).headers["Location"].startswith("/organisations/sign-in/")


def test_a_form_from_another_site_is_refused(world: World) -> None:
    forged = Client(enforce_csrf_checks=True)
    assert forged.post(PAGE, ANSWERS).status_code == 403
    assert not AccountApplication.objects.exists()


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"email": "wang.fang"}, "email"),
        ({"email": "a@b"}, "email"),
        ({"email": "wang@fang..com"}, "email"),
        ({"phone": "call me"}, "phone"),
        ({"phone": "123456"}, "phone"),
        ({"role": "provincial_officer"}, "role"),
        ({"role": "administrator"}, "role"),
        ({**NEW_FIRM, "credit_code": ""}, "credit_code"),
        ({**NEW_FIRM, "credit_code": CODE[:17] + ("0" if CODE[17] != "0" else "1")}, "credit_code"),
        ({**NEW_FIRM, "credit_code": CODE[:17]}, "credit_code"),
        ({**NEW_FIRM, "organisation_name": ""}, "organisation_name"),
        ({"organisation": "NOBODY"}, "organisation"),
        ({"name": ""}, "name"),
    ],
)
def test_what_does_not_fit_is_named_by_its_field_and_nothing_is_saved(
    other: dict[str, str], field: str, world: World
) -> None:
    with pytest.raises(Refused) as refusal:
        applied(**other)
    assert [finding.field for finding in refusal.value.findings] == [field]
    assert not AccountApplication.objects.exists()


def test_seven_signs_are_a_phone_number_and_a_right_code_is_a_code(world: World) -> None:
    assert applied(phone="1234567").state == "submitted"
    assert applied(**NEW_FIRM, email="second@example.com").credit_code == CODE


def test_a_credit_code_of_the_register_names_its_organisation(world: World) -> None:
    firm = factories.organisation("FIRM", world.city, credit_code=CODE)
    application = applied(**NEW_FIRM)
    assert (application.organisation, application.organisation_name) == (firm, "")


def test_a_role_that_the_organisation_does_not_have_is_refused(world: World) -> None:
    refused("ORG-ROLE", lambda: applied(role="verifier"))
    assert applied(role=HEAD).role == HEAD


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90 a program", "paper.pdf"),
        (b"<html>", "paper.png"),
        (b"PK\x03\x04 a zip", "paper.jpg"),
        (b"", "empty.pdf"),
    ],
)
def test_what_is_no_paper_is_refused_by_its_content_whatever_its_name(content: bytes, name: str, world: World) -> None:
    if not content:
        refused("ACT-INPUT", lambda: applied(papers=[paper(content, name)]))
        return
    refusal = refused("APP-TYPE", lambda: applied(papers=[paper(content, name)]))
    assert name in refusal.message.zh
    assert not AccountApplication.objects.exists()


def test_a_paper_is_as_large_as_the_installation_allows_and_no_larger(world: World, settings: Any) -> None:
    settings.TANZHI_PAPER_MEGABYTES = 1
    whole = PDF + b"x" * (2**20 - len(PDF))
    applied(papers=[paper(whole)])
    refusal = refused("APP-SIZE", lambda: applied(papers=[paper(whole + b"x")], email="second@example.com"))
    assert refusal.status == 413
    refused("APP-SIZE", lambda: applied(papers=[paper()] * 6, email="second@example.com"))
    assert applied(papers=[paper()] * 5, email="second@example.com").papers.count() == 5


@pytest.mark.parametrize(
    ("stated", "status", "code"),
    [
        (str(100 * 2**20), 413, "APP-SIZE"),
        ("9" * 5000, 413, "APP-SIZE"),  # more digits than Python reads as a number
        ("many", 400, "APP-LENGTH"),
        ("-5", 400, "APP-LENGTH"),
        ("1_000", 400, "APP-LENGTH"),
        ("５", 400, "APP-LENGTH"),
    ],
)
def test_what_says_that_it_is_too_long_or_says_no_length_is_refused_unread(
    stated: str, status: int, code: str, world: World, browser: Client
) -> None:
    """By what the request says of its length: nothing of it is read, and it counts for no flood."""

    class Body:
        read_so_far = 0

        def read(self, size: int = -1) -> bytes:
            self.read_so_far += max(size, 0)
            return b""

        readline = read

    body = Body()
    request: dict[str, Any] = {"CONTENT_LENGTH": stated, "wsgi.input": body}
    answer = browser.generic("POST", PAGE, b"", "multipart/form-data; boundary=x", **request)
    assert answer.status_code == status
    assert code in answer.content.decode()
    assert body.read_so_far == 0


def test_the_largest_request_is_read_and_one_byte_more_is_not(settings: Any) -> None:
    settings.TANZHI_PAPER_MEGABYTES = 2
    most = 5 * 2 * 2**20 + 2**20  # five papers, and room for the rest
    for read in ("", "0", str(most - 1), str(most), f"000{most}"):
        refuse_length(read)
    refused("APP-SIZE", lambda: refuse_length(str(most + 1)))


def test_a_flood_from_one_address_gets_429_and_another_address_does_not(world: World) -> None:
    flooding, other = Client(REMOTE_ADDR="10.0.0.1"), Client(REMOTE_ADDR="10.0.0.2")
    answers = [{**ANSWERS, "email": f"a{n}@example.com", "papers": _file()} for n in range(8)]
    statuses = [flooding.post(PAGE, form).status_code for form in answers[:7]]
    assert statuses == [200] * 5 + [429] * 2
    refusal = flooding.post(PAGE, ANSWERS)
    assert "ACT-OFTEN" in refusal.content.decode()
    assert other.post(PAGE, answers[7]).status_code == 200


def _file() -> SimpleUploadedFile:
    return SimpleUploadedFile("authority.pdf", PDF)


def test_without_a_paper_nobody_is_let_in(world: World, browser: Client) -> None:
    answer = browser.post(PAGE, ANSWERS)
    assert answer.status_code == 422
    assert "身份与授权证明" in answer.content.decode()
    assert not AccountApplication.objects.exists()


def test_only_so_many_applications_wait_and_one_for_an_address(world: World, monkeypatch: Any) -> None:
    monkeypatch.setattr(work, "MOST_OPEN", 2)
    applied()
    refused("APP-AGAIN", lambda: applied(email="Wang.Fang@example.com"))
    applied(email="second@example.com")
    refusal = refused("APP-FULL", lambda: applied(email="third@example.com"))
    assert refusal.status == 429
    AccountApplication.objects.filter(email="second@example.com").update(state="refused")
    assert applied(email="third@example.com").state == "submitted"


@pytest.mark.parametrize("who", ["clerk", "officer", "administrator", "security_administrator"])
def test_whoever_has_an_account_applies_for_none(who: str, world: World, request: pytest.FixtureRequest) -> None:
    refused("ACT-ROLE", lambda: perform(APPLY, request.getfixturevalue(who), data=ANSWERS))


# --- deciding ----------------------------------------------------------------------------------------


def test_two_administrators_let_somebody_in_by_a_link_that_works_once(
    world: World, security_administrator: Actor, second_administrator: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    application = applied()
    data = {"sign_in_name": "wang.fang"}
    proposal = perform("organisations.accept_application", security_administrator, application, data).proposal
    assert proposal is not None
    assert not Person.objects.filter(sign_in_name="wang.fang").exists()
    refused("ACT-SELF", lambda: decide(proposal, security_administrator))
    with django_capture_on_commit_callbacks(execute=True):
        decide(proposal, second_administrator)
    person = Person.objects.get(sign_in_name="wang.fang")
    grants = [(grant.role, grant.organisation) for grant in person.grants.all()]
    assert grants == [("enterprise_filer", world.plant)]
    application.refresh_from_db()
    assert (application.state, application.person) == ("accepted", person)
    (letter,) = mail.outbox
    assert letter.to == ["wang.fang@example.com"]
    address = re.search(r"(/organisations/invitation/\S+)", str(letter.body))
    assert address is not None
    twice = {"password": PASSWORD, "again": PASSWORD}
    assert [Client().post(address[1], twice).status_code for _ in range(2)] == [302, 410]


def test_the_head_decides_alone_for_his_own_organisation(world: World, head: Actor) -> None:
    application = applied()
    perform("organisations.own_accept_application", head, application, {"sign_in_name": "wang.fang"})
    assert Person.objects.get(sign_in_name="wang.fang").grants.get().role == "enterprise_filer"
    elsewhere = applied(organisation="OTHER", email="second@example.com")
    for name in ("own_accept_application", "refuse_application"):
        data = {"sign_in_name": "second"} if "accept" in name else {"reason": "无授权"}
        refused("ACT-SCOPE", lambda name=name, data=data: perform(f"organisations.{name}", head, elsewhere, data))


def test_a_head_makes_no_head_and_nobody_twice(world: World, head: Actor) -> None:
    data = {"sign_in_name": "second.head"}
    another = applied(role=HEAD)
    refused("ORG-ROLE", lambda: perform("organisations.own_accept_application", head, another, data))
    alike = applied(name="Head", email="second@example.com")
    refused("ORG-ALIKE", lambda: perform("organisations.own_accept_application", head, alike, data))
    assert AccountApplication.objects.filter(state="submitted").count() == 2


def test_an_organisation_that_is_not_registered_is_registered_first(
    world: World, security_administrator: Actor, second_administrator: Actor
) -> None:
    application = applied(**NEW_FIRM)

    def accept(**data: str) -> Any:
        named = {"sign_in_name": "wang.fang", **data}
        return perform("organisations.accept_application", security_administrator, application, named)

    refused("APP-ORGANISATION", accept)
    factories.organisation("FIRM2", world.city, credit_code=_other_code())
    refused("APP-ORGANISATION", lambda: accept(organisation="FIRM2"))
    firm = factories.organisation("FIRM", world.city, credit_code=CODE)
    decide(accept(organisation="FIRM").proposal, second_administrator)
    assert Person.objects.get(sign_in_name="wang.fang").grants.get().organisation == firm


def _other_code() -> str:
    """Another right code: all zeros but for an A at weight 29 (the tenth place), so the sum is 10 × 29 = 290."""
    return "000000000A0000000" + "0123456789ABCDEFGHJKLMNPQRTUWXY"[-290 % 31]


def test_a_refusal_goes_to_the_applicant_with_its_reason(
    world: World, security_administrator: Actor, django_capture_on_commit_callbacks: Any
) -> None:
    application = applied()
    with django_capture_on_commit_callbacks(execute=True):
        perform("organisations.refuse_application", security_administrator, application, {"reason": "授权书未盖章"})
    (letter,) = mail.outbox
    assert letter.to == ["wang.fang@example.com"]
    assert "授权书未盖章" in letter.body
    assert not Person.objects.filter(name="王芳").exists()
    for name, data in (("accept_application", {"sign_in_name": "x.y"}), ("refuse_application", {"reason": "再次"})):
        refused(
            "ACT-STATE",
            lambda name=name, data=data: perform(f"organisations.{name}", security_administrator, application, data),
        )


@pytest.mark.parametrize("who", ["clerk", "approver", "officer", "director", "verifier", "stranger"])
def test_nobody_else_reads_or_decides_an_application(who: str, world: World, request: pytest.FixtureRequest) -> None:
    actor = request.getfixturevalue(who)
    application = applied()
    assert not may_see(actor, reference(application))
    assert not may_see(actor, reference(ApplicationPaper.objects.get()))
    assert not AccountApplication.objects.visible_to(actor).exists()
    refused("ACT-ROLE", lambda: perform("organisations.own_accept_application", actor, application, {}))
    assert not may_see(public_actor(), reference(application))


def test_head_and_administrators_see_it(world: World, head: Actor, security_administrator: Actor) -> None:
    application, elsewhere = applied(), applied(organisation="OTHER", email="second@example.com")
    for actor, sees in ((head, {application.pk}), (security_administrator, {application.pk, elsewhere.pk})):
        assert set(AccountApplication.objects.visible_to(actor).values_list("pk", flat=True)) == sees
        assert may_see(actor, reference(elsewhere)) is (elsewhere.pk in sees)


# --- erasing -----------------------------------------------------------------------------------------


def test_what_is_personal_is_erased_by_two_and_the_decision_stays(
    world: World, security_administrator: Actor, second_administrator: Actor
) -> None:
    application = applied()
    refuse = {"reason": "王芳未获授权"}
    erase = {"reason": "个人信息保护法第四十七条"}
    refused("ACT-STATE", lambda: perform("organisations.erase_application", security_administrator, application, erase))
    perform("organisations.refuse_application", security_administrator, application, refuse)
    proposal = perform("organisations.erase_application", security_administrator, application, erase).proposal
    assert proposal is not None
    decide(proposal, second_administrator)
    application.refresh_from_db()
    personal = [application.applicant, application.email, application.phone, application.remark, application.reason]
    assert personal == [""] * 5
    assert [(row.name, row.content, row.size) for row in application.papers.all()] == [("", "", len(PDF))]
    assert (application.state, application.role) == ("erased", "enterprise_filer")
    for table in ("organisations_accountapplication", "organisations_applicationpaper"):
        salts = list(RowDigest.objects.filter(table=table).order_by("pk").values_list("salt", flat=True))
        assert [salt is None for salt in salts] == [True] * (len(salts) - 1) + [False], table


def test_the_log_keeps_nothing_of_an_applicant_by_name(world: World) -> None:
    application = applied()
    entry = Entry.objects.filter(subject=reference(application)).latest("pk")
    parts = [bytes(row.content or b"").decode() for row in Payload.objects.filter(entry=entry)]
    assert parts
    assert all("王芳" not in part and "wang.fang" not in part for part in parts)
    first, second = applied(email="b@example.com", nonce="1"), applied(email="c@example.com", nonce="2")
    digests = set(Performed.objects.filter(subject__in=[reference(first), reference(second)]).values_list("digest"))
    assert len(digests) == 2


# --- pages -------------------------------------------------------------------------------------------


def test_the_head_opens_the_application_and_its_paper_and_a_colleague_does_not(
    world: World, head: Actor, clerk_person: Person
) -> None:
    application = applied()
    file = application.papers.get()
    for who, status in (("head", 200), ("clerk", 404)):
        client = Client(headers={"accept-language": "zh-hans"})
        assert client.post("/organisations/sign-in/", {"username": who, "password": PASSWORD}).status_code == 302
        assert client.get("/cases/applications/").status_code == status
        page = client.get(application.get_absolute_url())
        answer = client.get(f"/cases/applications/papers/{file.pk}/")
        assert (page.status_code, answer.status_code) == (status, status)
        if status == 200:
            assert "通过本单位账户申请" in page.content.decode()
            assert answer.content == PDF
            assert answer.headers["Content-Disposition"].startswith("attachment")
            assert application.number in client.get("/").content.decode()


def test_an_application_of_yesterday_stays_open_until_it_is_decided(world: World) -> None:
    application = applied()
    AccountApplication.objects.filter(pk=application.pk).update(opened_at=clock.now() - timedelta(days=400))
    refused("APP-AGAIN", applied)
