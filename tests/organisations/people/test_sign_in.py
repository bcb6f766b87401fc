"""Signing in: password, lock-out, one-time code, invitation, reset; in both languages."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.conf import settings as configured
from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.core import mail
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from tanzhi.actions.registry import Actor, Refused, decide, perform
from tanzhi.examples.people import PASSWORD as EXAMPLES_PASSWORD
from tanzhi.examples.people import hashed_once
from tanzhi.organisations.people import second_factor
from tanzhi.organisations.people.model import Person, Token
from tanzhi.organisations.people.roles import actor_of
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
SIGN_IN = "/organisations/sign-in/"
ACCOUNT = "/organisations/account/"
NEW_PASSWORD = "another-painted-cave"


def sign_in(client: Client, password: str = PASSWORD, **more: Any) -> Any:
    return client.post(SIGN_IN, {"username": "clerk", "password": password} | more)


def is_in(client: Client) -> bool:
    return client.get(ACCOUNT).status_code == 200


def text_of(response: Any) -> str:
    return response.content.decode()


def test_passwords_are_kept_with_argon2() -> None:
    from tanzhi.web import settings as written

    assert written.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]


def test_an_example_hashes_its_one_password_once_and_every_other_anew() -> None:
    hasher = get_hasher()
    with hashed_once():
        first, second = make_password(EXAMPLES_PASSWORD), make_password(EXAMPLES_PASSWORD)
        own, anew = make_password(PASSWORD), make_password(PASSWORD)
    assert first == second
    assert len({own, anew, first, make_password(EXAMPLES_PASSWORD)}) == 4
    assert all(check_password(EXAMPLES_PASSWORD, one) for one in (first, make_password(EXAMPLES_PASSWORD)))
    assert not check_password(PASSWORD, first)
    assert not check_password(EXAMPLES_PASSWORD, own)
    assert not hasher.must_update(first)


def test_the_right_password_lets_in(client: Client, clerk_person: Person) -> None:
    assert sign_in(client, next=ACCOUNT).headers["Location"] == ACCOUNT
    assert is_in(client)


@pytest.mark.parametrize(("chosen", "after"), [(None, "zh-hans"), ("zh-hans", "zh-hans"), ("en", "en")])
def test_whoever_chose_a_language_keeps_it_after_signing_in(
    client: Client, clerk_person: Person, chosen: str | None, after: str
) -> None:
    if chosen:
        client.cookies[configured.LANGUAGE_COOKIE_NAME] = chosen
    sign_in(client)
    assert client.cookies[configured.LANGUAGE_COOKIE_NAME].value == after


def test_a_wrong_password_does_not_and_says_so_in_chinese(client: Client, clerk_person: Person) -> None:
    response = sign_in(client, "wrong")
    assert response.status_code == 422
    assert "登录名或密码不正确" in text_of(response)
    assert not is_in(client)


def test_an_unknown_name_gets_the_same_answer(client: Client, clerk_person: Person) -> None:
    known = client.post(SIGN_IN, {"username": "clerk", "password": "wrong"})
    unknown = client.post(SIGN_IN, {"username": "nobody", "password": "wrong"})
    assert known.context["refusal"] == unknown.context["refusal"]
    assert known.status_code == unknown.status_code


def test_sign_in_never_leads_to_another_site(client: Client, clerk_person: Person) -> None:
    assert "evil" not in sign_in(client, next="https://evil.example/").headers["Location"]


def test_too_many_wrong_passwords_lock_and_say_until_when(client: Client, clerk_person: Person) -> None:
    for _ in range(configured.AXES_FAILURE_LIMIT):
        response = sign_in(client, "wrong")
    assert response.status_code == 429
    assert re.search(r"请于 \d\d:\d\d 后再试", text_of(response))
    assert sign_in(client).status_code == 429
    assert not is_in(client)


def test_the_lock_is_of_one_name_only(client: Client, clerk_person: Person) -> None:
    for _ in range(configured.AXES_FAILURE_LIMIT + 1):
        client.post(SIGN_IN, {"username": "somebody_else", "password": "wrong"})
    assert sign_in(client).status_code == 302


def test_the_lock_ends_by_itself(client: Client, clerk_person: Person) -> None:
    for _ in range(configured.AXES_FAILURE_LIMIT):
        sign_in(client, "wrong")
    with time_machine.travel(timezone.now() + timedelta(hours=configured.AXES_COOLOFF_TIME, minutes=1)):
        assert sign_in(client).status_code == 302


def test_a_disabled_person_is_out_at_once(
    client: Client, clerk_person: Person, security_administrator: Actor, second_administrator: Actor
) -> None:
    sign_in(client)
    asked = perform("organisations.disable_person", security_administrator, clerk_person, {"reason": "调离"})
    assert is_in(client)
    decide(asked.proposal, second_administrator)
    assert not is_in(client)
    assert sign_in(client).status_code == 422


def test_signing_out_ends_the_session(client: Client, clerk_person: Person) -> None:
    sign_in(client)
    client.post("/organisations/sign-out/")
    assert not is_in(client)


@pytest.fixture
def with_totp(clerk_person: Person) -> TOTPDevice:
    actor = actor_of(clerk_person)
    perform("organisations.start_totp", actor, clerk_person)
    device = second_factor.waiting(clerk_person)
    perform("organisations.confirm_totp", actor, clerk_person, {"code": code_of(device)})
    device.refresh_from_db()
    return device


def code_of(device: Any, steps: int = 0) -> str:
    """The code as an authenticator computes it, RFC 6238; a device takes each time step once."""
    return f"{totp(device.bin_key, t0=-30 * steps):06d}"


def test_with_one_time_codes_the_password_alone_does_not_let_in(client: Client, with_totp: TOTPDevice) -> None:
    assert sign_in(client).headers["Location"] == f"{SIGN_IN}code/"
    assert not is_in(client)


def test_the_code_lets_in_once(client: Client, with_totp: TOTPDevice) -> None:
    sign_in(client)
    code = {"code": code_of(with_totp, 1)}
    assert client.post(f"{SIGN_IN}code/", code).status_code == 302
    assert is_in(client)
    other = Client()
    sign_in(other)
    assert other.post(f"{SIGN_IN}code/", code).status_code == 422


def test_a_wrong_code_does_not(client: Client, with_totp: TOTPDevice) -> None:
    sign_in(client)
    response = client.post(f"{SIGN_IN}code/", {"code": "000000"})
    assert response.status_code == 422
    assert "动态码不正确" in text_of(response)


def test_a_backup_code_lets_in_once(client: Client, clerk_person: Person) -> None:
    actor = actor_of(clerk_person)
    perform("organisations.start_totp", actor, clerk_person)
    first = {"code": code_of(second_factor.waiting(clerk_person))}
    codes = perform("organisations.confirm_totp", actor, clerk_person, first).result.codes
    assert len(set(codes)) == second_factor.BACKUP_CODES
    for expected in (302, 422):
        fresh = Client()
        sign_in(fresh)
        assert fresh.post(f"{SIGN_IN}code/", {"code": codes[0]}).status_code == expected


def test_the_password_does_not_stay_good_for_the_code_for_ever(client: Client, with_totp: TOTPDevice) -> None:
    sign_in(client)
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        response = client.post(f"{SIGN_IN}code/", {"code": code_of(with_totp)})
    assert response.headers["Location"] == SIGN_IN


def test_the_account_page_sets_one_time_codes_up(client: Client, clerk_person: Person) -> None:
    sign_in(client)
    page = client.post(f"{ACCOUNT}one-time-codes/")
    assert "<svg" in text_of(page)
    device = second_factor.waiting(clerk_person)
    shown = client.post(f"{ACCOUNT}one-time-codes/", {"code": code_of(device)})
    assert "备用码" in text_of(shown)
    assert second_factor.is_enabled(clerk_person)


def invited(administrator: Actor) -> Any:
    data = {"sign_in_name": "newcomer", "name": "新人", "email": "new@example.org"}
    return perform("organisations.invite_person", administrator, data=data).result


def test_an_invitation_sets_the_password_once(client: Client, security_administrator: Actor) -> None:
    issued = invited(security_administrator)
    address = f"/organisations/invitation/{issued.secret}/"
    assert "newcomer" in text_of(client.get(address))
    data = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post(address, data).headers["Location"] == SIGN_IN
    assert client.post(SIGN_IN, {"username": "newcomer", "password": NEW_PASSWORD}).status_code == 302
    assert Client().post(address, data).status_code == 410


def test_an_invitation_expires(client: Client, security_administrator: Actor) -> None:
    issued = invited(security_administrator)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert client.get(f"/organisations/invitation/{issued.secret}/").status_code == 410


def test_inviting_again_ends_the_first_link(client: Client, security_administrator: Actor) -> None:
    issued = invited(security_administrator)
    perform("organisations.invite_again", security_administrator, issued.person)
    assert client.get(f"/organisations/invitation/{issued.secret}/").status_code == 410


@pytest.mark.parametrize(
    ("password", "rule"),
    [("short", "至少 10 个字符"), ("1234567890123", "不能全是数字"), ("password1234", "常见"), ("newcomer-1", "相近")],
)
def test_a_weak_password_is_told_which_rule_it_breaks(
    client: Client, security_administrator: Actor, password: str, rule: str
) -> None:
    issued = invited(security_administrator)
    data = {"password": password, "again": password}
    response = client.post(f"/organisations/invitation/{issued.secret}/", data)
    assert response.status_code == 422
    assert rule in text_of(response)
    assert Person.objects.get(sign_in_name="newcomer").state == "invited"


def test_two_different_passwords_are_refused(client: Client, security_administrator: Actor) -> None:
    issued = invited(security_administrator)
    data = {"password": NEW_PASSWORD, "again": "something-else-1"}
    assert "两次输入的密码不同" in text_of(client.post(f"/organisations/invitation/{issued.secret}/", data))


def test_neither_secret_nor_password_is_stored_or_logged(security_administrator: Actor) -> None:
    from tanzhi.actions.models import Performed
    from tanzhi.evidence.models import Entry, Payload

    issued = invited(security_administrator)
    accept = {"secret": issued.secret, "password": NEW_PASSWORD}
    perform("organisations.accept_invitation", actor_of(issued.person), issued.person, accept)
    kept = repr(list(Performed.objects.values())) + repr(list(Token.objects.values()))
    kept += "".join(bytes(entry.canonical).decode() for entry in Entry.objects.all())
    kept += "".join(bytes(part.content or b"").decode() for part in Payload.objects.all())
    assert issued.secret not in kept
    assert NEW_PASSWORD not in kept


def test_nobody_else_uses_my_link(security_administrator: Actor, clerk: Actor) -> None:
    issued = invited(security_administrator)
    accept = {"secret": issued.secret, "password": NEW_PASSWORD}
    with pytest.raises(Refused, match="ACT-SCOPE"):
        perform("organisations.accept_invitation", clerk, issued.person, accept)


def test_a_reset_comes_by_mail_and_tells_a_stranger_nothing(
    client: Client, security_administrator: Actor, settings: Any
) -> None:
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    issued = invited(security_administrator)
    accept = {"secret": issued.secret, "password": PASSWORD}
    perform("organisations.accept_invitation", actor_of(issued.person), issued.person, accept)
    known = client.post("/organisations/reset/", {"username": "newcomer"})
    unknown = client.post("/organisations/reset/", {"username": "nobody"})
    assert known.context["asked"] is unknown.context["asked"] is True
    assert len(mail.outbox) == 1
    address = re.search(r"/organisations/reset/\S+", str(mail.outbox[0].body))
    assert address is not None
    data = {"password": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert client.post(address.group(), data).status_code == 302
    assert Client().post(SIGN_IN, {"username": "newcomer", "password": NEW_PASSWORD}).status_code == 302


def test_changing_the_password_needs_the_present_one(client: Client, clerk_person: Person) -> None:
    sign_in(client)
    change = {"present": "wrong", "password": NEW_PASSWORD}
    assert "现密码不正确" in text_of(client.post(f"{ACCOUNT}password/", change))
    assert client.post(f"{ACCOUNT}password/", change | {"present": PASSWORD}).status_code == 302
    assert is_in(client)


def test_changing_the_password_ends_the_other_sessions(client: Client, clerk_person: Person) -> None:
    other = Client()
    sign_in(client)
    sign_in(other)
    client.post(f"{ACCOUNT}password/", {"present": PASSWORD, "password": NEW_PASSWORD})
    assert (is_in(client), is_in(other)) == (True, False)


def test_signing_out_everywhere_ends_every_session(client: Client, clerk_person: Person) -> None:
    sign_in(client)
    perform("organisations.end_sessions", actor_of(clerk_person), clerk_person)
    assert not is_in(client)


def test_a_session_expires(client: Client, clerk_person: Person) -> None:
    sign_in(client)
    with time_machine.travel(timezone.now() + timedelta(seconds=configured.SESSION_COOKIE_AGE + 60)):
        assert not is_in(client)


def test_the_preferred_language_is_spoken_after_sign_in(client: Client, clerk_person: Person) -> None:
    perform("organisations.choose_language", actor_of(clerk_person), clerk_person, {"language": "en"})
    sign_in(client)
    assert "My account" in text_of(client.get(ACCOUNT))


def test_the_sign_in_page_speaks_english_to_whoever_asks(client: Client) -> None:
    assert "Sign-in name" in text_of(client.get(SIGN_IN, headers={"accept-language": "en"}))


def test_somebody_with_no_role_has_an_account_and_nothing_else(client: Client, db: None) -> None:
    factories.person("clerk", password=PASSWORD)
    sign_in(client)
    assert is_in(client)
    assert client.get("/organisations/").context["listing"].count == 0
