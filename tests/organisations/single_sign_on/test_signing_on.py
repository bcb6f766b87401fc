"""Signing in with an account of a real provider: who is let in, and every bad answer refused by its code."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.requests import CONFIRMED_AT
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.single_sign_on import provider as spoken_to
from tanzhi.organisations.single_sign_on.model import SignOnBinding
from tanzhi.organisations.single_sign_on.statement import IdentityStatement, proof_of
from tanzhi.web.deployment import Misconfigured, read_sign_on
from tests import factories
from tests.factories import World
from tests.identity_provider import IdentityProvider
from tests.organisations.single_sign_on.conftest import VERIFIED, SignsOn, back_again

pytestmark = pytest.mark.django_db
ACCOUNT, SIGN_IN = "/organisations/account/", "/organisations/sign-in/"
MAIL = "clerk@plant.example"


@pytest.fixture
def lin(clerk_person: Person) -> Person:
    """The plant's clerk, with the mail that the provider verified."""
    Person.objects.filter(pk=clerk_person.pk).update(email=MAIL.upper())
    return Person.objects.get(pk=clerk_person.pk)


def bound(person: Person, admin: Actor, second: Actor, identity: str = "u-2207") -> SignOnBinding:
    proposal = perform("organisations.bind_identity", admin, person, {"identity": identity}).proposal
    decide(proposal, second)
    return SignOnBinding.objects.get(person=person, ended_at=None)


def is_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def refused(client: Client, answer: Any) -> str:
    """The code that the page of signing in shows after a way back that did not let in."""
    assert answer.headers["Location"] == SIGN_IN
    assert not is_in(client)
    page = client.get(SIGN_IN)
    assert page.status_code in (403, 424)
    code: str = page.context["refusal"].code
    assert f"<code>{code}</code>" in page.content.decode()
    assert "refusal" not in client.get(SIGN_IN).context  # it is said once
    return code


def test_without_a_provider_there_is_neither_button_nor_page(client: Client) -> None:
    assert "provider/" not in client.get(SIGN_IN).content.decode()
    assert client.get("/organisations/sign-in/provider/").status_code == 404
    assert client.get("/organisations/sign-in/provider/back/").status_code == 404


def test_a_verified_mail_binds_once_and_lets_in_to_the_page_asked_for(
    signs_on: SignsOn, client: Client, lin: Person
) -> None:
    assert "测试认证平台" in client.get(SIGN_IN, headers={"accept-language": "zh-hans"}).content.decode()
    assert signs_on(onward=ACCOUNT).headers["Location"] == ACCOUNT
    page = client.get(ACCOUNT).content.decode()
    assert "u-2207" in page
    binding = SignOnBinding.objects.get()
    assert (binding.person, binding.identity, binding.way) == (lin, "u-2207", "mail")
    assert Performed.objects.filter(action="organisations.bind_by_mail", actor=lin.pk).count() == 1
    lin.refresh_from_db()
    assert lin.last_login is not None
    client.logout()
    signs_on()
    assert is_in(client)
    assert SignOnBinding.objects.count() == 1


def test_two_administrators_bind_and_the_mail_is_of_no_concern(
    signs_on: SignsOn, client: Client, clerk_person: Person, security_administrator: Actor,
    second_administrator: Actor, provider: IdentityProvider,
) -> None:  # fmt: skip
    provider.says("lin", sub="u-2207")
    with pytest.raises(Refused, match="ACT-ROLE"):
        perform("organisations.bind_identity", actor_of(clerk_person), clerk_person, {"identity": "u-2207"})
    bound(clerk_person, security_administrator, second_administrator)
    signs_on()
    assert is_in(client)
    for person, identity in ((clerk_person, "u-1"), (factories.person("other", password=factories.PASSWORD), "u-2207")):
        with pytest.raises(Refused, match="SSO-BOUND"):
            perform("organisations.bind_identity", security_administrator, person, {"identity": identity})


def test_without_a_provider_nobody_is_bound(clerk_person: Person, security_administrator: Actor) -> None:
    with pytest.raises(Refused, match="SSO-OFF"):
        perform("organisations.bind_identity", security_administrator, clerk_person, {"identity": "u-1"})


@pytest.mark.parametrize("claims", [{}, {"email_verified": False}, {"email_verified": "true"}, {"email": "other@x.y"}])
def test_a_mail_that_is_not_verified_or_unknown_binds_nobody(
    signs_on: SignsOn, client: Client, lin: Person, provider: IdentityProvider, claims: dict[str, Any]
) -> None:
    provider.says("lin", **((VERIFIED | claims) if claims else {"sub": "u-2207", "email": MAIL}))
    assert refused(client, signs_on()) == "SSO-UNBOUND"
    assert not SignOnBinding.objects.exists()


def test_the_same_mail_twice_is_refused_and_never_guessed(signs_on: SignsOn, client: Client, lin: Person) -> None:
    twin = factories.person("twin")
    Person.objects.filter(pk=twin.pk).update(email=MAIL)
    assert refused(client, signs_on()) == "SSO-MAIL-TWICE"
    assert not SignOnBinding.objects.exists()


def test_a_mail_that_its_owner_changed_binds_nobody(signs_on: SignsOn, client: Client, lin: Person) -> None:
    """Or whoever writes another's address into his own account would have that other's identity bound to it."""
    stranger = factories.person("stranger", password=factories.PASSWORD)
    Person.objects.filter(pk=lin.pk).update(email="")
    perform("organisations.change_mail", actor_of(stranger), stranger, {"email": MAIL})
    assert refused(client, signs_on()) == "SSO-MAIL-OWN"
    assert not SignOnBinding.objects.exists()


def test_a_mail_binds_no_second_identity(
    signs_on: SignsOn, client: Client, lin: Person, provider: IdentityProvider
) -> None:
    signs_on()
    client.logout()
    provider.says("wei", **VERIFIED | {"sub": "u-9000"})
    assert refused(client, signs_on("wei")) == "SSO-MAIL-USED"
    assert SignOnBinding.objects.count() == 1


def test_an_administrator_is_not_bound_by_mail(
    signs_on: SignsOn, client: Client, security_administrator: Actor
) -> None:
    Person.objects.filter(pk=security_administrator.person_id).update(email=MAIL)
    assert refused(client, signs_on()) == "SSO-DUTY"


def test_an_ended_binding_lets_nobody_in_until_two_bind_again(
    signs_on: SignsOn, client: Client, lin: Person, security_administrator: Actor, second_administrator: Actor
) -> None:
    signs_on()
    perform("organisations.end_binding", security_administrator, SignOnBinding.objects.get())
    assert not is_in(client)  # the session ended with it
    with pytest.raises(Refused, match="SSO-ENDED"):
        perform("organisations.end_binding", security_administrator, SignOnBinding.objects.get())
    assert refused(client, signs_on()) == "SSO-ENDED"
    bound(lin, security_administrator, second_administrator)
    signs_on()
    assert is_in(client)


def test_a_disabled_account_stays_outside(
    signs_on: SignsOn, client: Client, lin: Person, security_administrator: Actor, second_administrator: Actor
) -> None:
    bound(lin, security_administrator, second_administrator)
    decide(perform("organisations.disable_person", security_administrator, lin, {"reason": "调离"}).proposal,
           second_administrator)  # fmt: skip
    assert refused(client, signs_on()) == "SSO-DISABLED"


def test_who_uses_time_codes_gives_one_here_too(signs_on: SignsOn, client: Client, lin: Person) -> None:
    TOTPDevice.objects.create(user=lin, confirmed=True)
    assert signs_on().headers["Location"] == "/organisations/sign-in/code/"
    assert not is_in(client)


@pytest.mark.parametrize(("ago", "fresh"), [(0, True), (3600, False), (None, False)])
def test_acts_on_rights_need_the_password_again_unless_the_provider_asked_for_it_a_moment_ago(
    signs_on: SignsOn, client: Client, lin: Person, provider: IdentityProvider, ago: int | None, fresh: bool
) -> None:
    provider.says("lin", **VERIFIED, auth_time=None if ago is None else int(time.time()) - ago)
    signs_on()
    assert is_in(client)
    assert (CONFIRMED_AT in client.session) == fresh


LONG_AGO = int(time.time()) - 7200
BAD: list[tuple[str, dict[str, Any]]] = [
    ("SSO-ISSUER", {"iss": "https://other.example/o"}),
    ("SSO-AUDIENCE", {"aud": "another-installation"}),
    ("SSO-AUDIENCE", {"aud": "another-installation", "azp": "tanzhi-of-the-tests"}),
    ("SSO-AUDIENCE", {"aud": ["tanzhi-of-the-tests", "another"], "azp": "another"}),
    ("SSO-NONCE", {"nonce": "of-another-sign-in"}),
    ("SSO-EXPIRED", {"exp": LONG_AGO, "iat": LONG_AGO - 60}),
    ("SSO-EXPIRED", {"nbf": int(time.time()) + 7200}),
    ("SSO-TOKEN", {"broken": True}),
    ("SSO-TOKEN", {"sub": ""}),
    ("SSO-TOKEN", {"sub": "u" * 256}),
]


@pytest.mark.parametrize(("code", "claims"), BAD)
def test_a_token_with_one_thing_wrong_is_refused_and_logged(
    signs_on: SignsOn, client: Client, lin: Person, provider: IdentityProvider, code: str, claims: dict[str, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:  # fmt: skip
    provider.says("lin", **VERIFIED | claims)
    with caplog.at_level(logging.WARNING, "tanzhi.sign_on"):
        assert refused(client, signs_on()) == code
    assert code in caplog.text
    assert MAIL not in caplog.text
    assert not SignOnBinding.objects.exists()


def altered(**parameters: str) -> Callable[[str], str]:
    """The address of the provider as somebody between would change it."""

    def alter(address: str) -> str:
        parts = urlsplit(address)
        return parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | parameters)).geturl()

    return alter


def test_a_nonce_or_a_state_changed_on_the_way_is_refused(signs_on: SignsOn, client: Client, lin: Person) -> None:
    assert refused(client, signs_on(alter=altered(nonce="mine"))) == "SSO-NONCE"
    assert refused(client, signs_on(alter=altered(state="mine"))) == "SSO-STATE"


def test_a_way_back_is_gone_once_and_in_the_browser_that_began_it(
    client: Client, provider: IdentityProvider, lin: Person
) -> None:
    there = client.get("/organisations/sign-in/provider/").headers["Location"]
    back = provider.sign_in(there, "lin")
    other = Client()
    assert refused(other, back_again(other, back)) == "SSO-STATE"
    back_again(client, back)
    assert is_in(client)
    client.logout()
    assert refused(client, back_again(client, back)) == "SSO-STATE"
    assert refused(client, client.get("/organisations/sign-in/provider/back/")) == "SSO-STATE"


def test_a_provider_that_denies_or_is_not_there_is_told_so(
    client: Client, provider: IdentityProvider, settings: Any
) -> None:
    denied = client.get("/organisations/sign-in/provider/back/", {"error": "access_denied", "state": "x"})
    assert refused(client, denied) == "SSO-DENIED"
    settings.SIGN_ON = read_sign_on(provider.environment(ISSUER="http://127.0.0.1:9/o"))
    assert refused(client, client.get("/organisations/sign-in/provider/")) == "SSO-PROVIDER"


def test_nobody_may_sign_for_the_provider(client: Client, provider: IdentityProvider, lin: Person) -> None:
    """The act of binding takes no statement but a checked one: from no API, and not a minute later."""
    for proof in ("", "u-2207", proof_of(IdentityStatement(provider.issuer, "u-2207", MAIL, True, None, None))[:-2]):
        with pytest.raises(Refused, match="SSO-PROOF"):
            perform("organisations.bind_by_mail", actor_of(lin), lin, {"proof": proof})
    other = proof_of(IdentityStatement(provider.issuer, "u-1", "other@plant.example", True, None, None))
    with pytest.raises(Refused, match="SSO-UNBOUND"):
        perform("organisations.bind_by_mail", actor_of(lin), lin, {"proof": other})


def test_identities_are_seen_by_whoever_keeps_accounts_and_oneself(
    world: World, clerk_person: Person, security_administrator: Actor, second_administrator: Actor,
    provider: IdentityProvider, approver: Actor,
) -> None:  # fmt: skip
    bound(clerk_person, security_administrator, second_administrator)
    seen = {name: SignOnBinding.objects.visible_to(actor).count() for name, actor in (
        ("own", actor_of(clerk_person)), ("security", security_administrator), ("colleague", approver))}  # fmt: skip
    assert seen == {"own": 1, "security": 1, "colleague": 0}


def test_half_a_description_and_an_open_way_are_refused_by_name() -> None:
    whole = {
        "TANZHI_SSO_ISSUER": "https://id.example/realm/",
        "TANZHI_SSO_CLIENT_ID": "a",
        "TANZHI_SSO_CLIENT_SECRET": "b",
    }
    assert read_sign_on(whole).issuer == "https://id.example/realm/"
    assert read_sign_on({"TANZHI_SSO_CLIENT_ID": "a"}).issuer == ""
    for name, value in (
        ("ISSUER", "http://id.example"),
        ("ISSUER", "id.example"),
        ("CLIENT_ID", ""),
        ("CLIENT_SECRET", ""),
    ):
        with pytest.raises(Misconfigured, match=f"TANZHI_SSO_{name}"):
            read_sign_on(whole | {f"TANZHI_SSO_{name}": value})


def test_a_start_without_the_package_says_what_to_install(
    provider: IdentityProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tanzhi.organisations.single_sign_on import checks

    assert checks.package() == []
    monkeypatch.setattr(checks, "is_installed", lambda: False)
    assert [error.id for error in checks.package()] == ["tanzhi.E001"]
    assert spoken_to.is_installed()
