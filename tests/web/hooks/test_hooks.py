"""Where a hook may lead, how an event is sent, and what follows when it is not taken."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import socket
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from django.utils import timezone
from standardwebhooks import Webhook, WebhookVerificationError

from tanzhi.actions.perform import perform
from tanzhi.actions.refusal import Refused
from tanzhi.evidence.models import Entry
from tanzhi.evidence.sealer import seal_all
from tanzhi.organisations.people.roles import actor_of
from tanzhi.web.events.model import ActEvent
from tanzhi.web.hooks import delivering, sending
from tanzhi.web.hooks.address import checked
from tanzhi.web.hooks.delivering import MOST_ATTEMPTS, MOST_FAILURES, WAITS_SECONDS, deliver_due
from tanzhi.web.hooks.model import Delivery, WebHook
from tanzhi.web.hooks.sending import send
from tanzhi.web.hooks.signing import secret_of
from tanzhi.web.services.model import ServiceAccount
from tanzhi.workflow.todos.todo import todos
from tests import factories
from tests.web.services.conftest import agree

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tests.factories import World

    from .conftest import Receiver

PUBLIC = "93.184.216.34"


def leads_to(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Every name stands for these addresses; what was asked for is noted."""
    asked: list[str] = []

    def answer(host: str, port: int, **_more: Any) -> list[Any]:
        asked.append(host)
        family = [socket.AF_INET6 if ":" in address else socket.AF_INET for address in addresses]
        return [
            (kind, socket.SOCK_STREAM, 6, "", (address, port)) for kind, address in zip(family, addresses, strict=True)
        ]

    monkeypatch.setattr(socket, "getaddrinfo", answer)
    return asked


# --- where it may lead ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/x", "ftp://example.org", "https://", "https:///x", "example.org", "https://a:b@example.org/",
        "https://user@example.org/", "https://example.org/#x", "https://example.org:99999/", "https://example.org:0/",
        "https://exa mple.org/", "https://例.org/", "https://example.org/" + "x" * 500, "https://[::1/", "javascript:x",
    ],
)  # fmt: skip
def test_an_address_that_is_none_for_a_hook_is_refused_unasked(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = leads_to(monkeypatch, PUBLIC)
    with pytest.raises(Refused, match="HOOK-URL"):
        checked(url)
    assert asked == []


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "100.64.0.1",
        "169.254.169.254", "192.0.2.1", "198.18.0.1", "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1",
        "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a00:1",
        "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:3fff:fdd2", "ff02::1", "2001:db8::1",
    ],
)  # fmt: skip
def test_a_name_that_stands_for_what_is_not_public_is_refused_also_among_others(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """RFC 6890, 4193, 3927, 6598, 6052; the metadata addresses of clouds are link-local or unique local."""
    for addresses in ((address,), (PUBLIC, address)):
        leads_to(monkeypatch, *addresses)
        with pytest.raises(Refused, match="HOOK-ADDRESS"):
            checked("https://metadata.example.org/latest")


@pytest.mark.parametrize("address", [PUBLIC, "172.32.0.1", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_a_public_address_is_taken_and_is_the_one_to_connect_to(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    leads_to(monkeypatch, address)
    found = checked("https://example.org:8443/a/b?c=d")
    assert (found.host, found.port, found.path, found.network_address) == ("example.org", 8443, "/a/b?c=d", address)


def test_a_name_that_leads_nowhere_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def nowhere(*_of: Any, **_more: Any) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nowhere)
    with pytest.raises(Refused, match="HOOK-RESOLVE"):
        checked("https://nowhere.example.org/")


def test_a_name_that_leads_elsewhere_once_it_is_used_is_not_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was public when it was added; nothing is connected to."""
    connected: list[Any] = []
    monkeypatch.setattr(socket, "create_connection", lambda *of, **_more: connected.append(of))
    leads_to(monkeypatch, "10.0.0.1")
    assert send("https://example.org/", b"{}", {}).fault == "HOOK-ADDRESS"
    assert connected == []


def test_it_is_asked_once_and_connected_to_what_was_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    connected: list[Any] = []

    def refuse(address: Any, *_of: Any) -> None:
        connected.append(address)
        raise ConnectionRefusedError

    asked = leads_to(monkeypatch, PUBLIC)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert send("https://example.org/", b"{}", {}).fault == "HOOK-CONNECT"
    assert (asked, connected) == (["example.org"], [(PUBLIC, 443)])


def test_loopback_is_allowed_by_no_setting_of_an_installation(settings: Any) -> None:
    assert settings.HOOKS_TO_LOOPBACK is False
    assert send("https://localhost:9/", b"{}", {}).fault == "HOOK-ADDRESS"


# --- one request --------------------------------------------------------------------------------------


def test_a_redirect_is_not_followed(receiver: Receiver) -> None:
    receiver.answers, receiver.headers = [307], {"Location": receiver.url}
    assert send(receiver.url, b"{}", {}) == sending.HookAnswer(307, "HOOK-REDIRECT")
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("status", "fault"),
    [
        (200, ""),
        (204, ""),
        (299, ""),
        (300, "HOOK-REDIRECT"),
        (400, "HOOK-STATUS"),
        (410, "HOOK-GONE"),
        (500, "HOOK-STATUS"),
    ],
)
def test_what_an_answer_comes_to(status: int, fault: str, receiver: Receiver) -> None:
    receiver.answers = [status]
    assert send(receiver.url, b"{}", {}) == sending.HookAnswer(status, fault)


def test_a_receiver_that_does_not_answer_is_given_up(receiver: Receiver, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "WHOLE_SECONDS", 0.5)
    receiver.seconds = 30
    assert send(receiver.url, b"{}", {}).fault == "HOOK-TIMEOUT"


def test_a_certificate_that_nobody_vouches_for_is_refused(receiver: Receiver, settings: Any) -> None:
    settings.HOOKS_CA = ""
    assert send(receiver.url, b"{}", {}).fault == "HOOK-TLS"
    assert receiver.requests == []


def test_what_is_too_large_is_not_sent(receiver: Receiver) -> None:
    assert send(receiver.url, b"x" * (sending.LARGEST_BODY + 1), {}).fault == "HOOK-SIZE"
    assert receiver.requests == []


# --- events on their way ------------------------------------------------------------------------------


@pytest.fixture
def hook(account: ServiceAccount, director: Actor, receiver: Receiver) -> WebHook:
    seal_all()
    added: WebHook = perform("web.add_hook", director, account, {"url": receiver.url}).result
    return added


@pytest.fixture
def other_approver(world: World) -> Actor:
    """Of a plant that agreed to nothing."""
    return actor_of(factories.person("of_other", ("enterprise_approver", world.other_plant)))


@pytest.fixture
def deposited(world: World, approver: Actor, hook: WebHook) -> ActEvent:
    """An event about a month of the plant that agreed, as a deposit writes it."""
    agree(world, approver, hook.account)
    return told(world, approver, 1)


def told(world: World, actor: Actor, month: int) -> ActEvent:
    data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": f"2023-{month:02d}"}
    outcome = perform("filings.open", actor, data=data)
    event = ActEvent.objects.create(
        entry=outcome.entry, kind="deposit", act="filings.deposit", subject=f"filings.filing:{outcome.result.pk}"
    )
    seal_all()
    return event


def test_an_event_is_sent_once_signed_as_the_specification_says(
    deposited: ActEvent, hook: WebHook, receiver: Receiver
) -> None:
    assert deliver_due() == 1
    assert deliver_due() == 0
    ((path, headers, body),) = receiver.requests
    assert path == "/events?from=tanzhi"
    assert headers["webhook-id"] == f"evt_{deposited.pk}"
    key = base64.b64decode(secret_of(hook).removeprefix("whsec_"))
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(key, content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert abs(int(headers["webhook-timestamp"]) - timezone.now().timestamp()) < 60
    event = json.loads(body)
    assert (event["type"], event["data"]["id"]) == ("deposit", f"evt_{deposited.pk}")
    assert event["data"]["code"].startswith("power.month:")
    row = Delivery.objects.get()
    assert (row.state, row.attempts, row.status, row.fault) == ("delivered", 1, 204, "")


def test_what_was_sent_again_by_hand_is_known_again_by_its_number(
    deposited: ActEvent, hook: WebHook, receiver: Receiver, director: Actor
) -> None:
    deliver_due()
    perform("web.replay_delivery", director, hook, {"delivery": Delivery.objects.get().pk})
    deliver_due()
    numbers = {headers["webhook-id"] for _, headers, _ in receiver.requests}
    assert (len(receiver.requests), numbers) == (2, {f"evt_{deposited.pk}"})
    with pytest.raises(Refused, match="ACT-INPUT"):
        perform("web.replay_delivery", director, hook, {"delivery": 987654321})


def test_a_replaced_secret_signs_and_the_one_before_it_does_not(
    deposited: ActEvent, hook: WebHook, receiver: Receiver, director: Actor
) -> None:
    before = secret_of(hook)
    secret = perform("web.rotate_hook_secret", director, hook).result
    assert secret.secret not in (before, str(secret), repr(secret))
    deliver_due()
    _, headers, body = receiver.requests[0]
    assert Webhook(secret.secret).verify(body, headers)["type"] == "deposit"
    with pytest.raises(WebhookVerificationError):
        Webhook(before).verify(body, headers)


def test_only_what_the_consent_covers_is_sent(
    world: World, deposited: ActEvent, hook: WebHook, receiver: Receiver, other_approver: Actor, approver: Actor
) -> None:
    data = {"form_code": "power.month", "organisation_id": world.other_plant.pk, "period": "2023-01"}
    outcome = perform("filings.open", other_approver, data=data)
    ActEvent.objects.create(
        entry=outcome.entry, kind="deposit", act="filings.deposit", subject=f"filings.filing:{outcome.result.pk}"
    )
    told(world, approver, 2)
    deliver_due()
    codes = [json.loads(body)["data"]["code"] for _, _, body in receiver.requests]
    assert codes == [f"power.month:{world.plant.code}:2023-01", f"power.month:{world.plant.code}:2023-02"]


def test_after_a_failure_it_waits_longer_each_time_and_is_disabled_at_the_tenth(
    world: World, deposited: ActEvent, hook: WebHook, receiver: Receiver, approver: Actor, director: Actor
) -> None:
    told(world, approver, 2)
    told(world, approver, 3)
    receiver.answers = [500]
    for failures in range(1, MOST_FAILURES + 1):
        before = timezone.now()
        deliver_due()
        hook.refresh_from_db()
        assert (hook.failures, len(receiver.requests)) == (failures, failures)
        assert hook.retry_at is not None
        seconds = WAITS_SECONDS[min(failures, len(WAITS_SECONDS)) - 1]
        assert seconds <= (hook.retry_at - before).total_seconds() < seconds + 60
        assert hook.state == ("disabled" if failures == MOST_FAILURES else "active")
        deliver_due()
        assert len(receiver.requests) == failures, "it waits"
        WebHook.objects.filter(pk=hook.pk).update(retry_at=timezone.now() - timedelta(seconds=1))
    attempts = list(Delivery.objects.order_by("pk").values_list("state", "attempts"))
    assert attempts == [("failed", MOST_ATTEMPTS), ("failed", MOST_ATTEMPTS), ("waiting", 0)]
    entry = Entry.objects.filter(kind="web.disable_hook").get()
    assert entry.subject == f"web.webhook:{hook.pk}"
    assert [todo.url for todo in todos(director) if todo.kind == "hook"] == [f"/hooks/{hook.pk}/"]
    receiver.answers = [200]
    perform("web.resume_hook", director, hook)
    deliver_due()
    assert len(receiver.requests) == MOST_FAILURES + 1
    hook.refresh_from_db()
    assert (hook.state, hook.failures) == ("active", 0)
    assert [todo for todo in todos(director) if todo.kind == "hook"] == []


def test_a_receiver_that_takes_no_more_is_not_asked_again(
    deposited: ActEvent, hook: WebHook, receiver: Receiver
) -> None:
    receiver.answers = [410]
    deliver_due()
    deliver_due()
    hook.refresh_from_db()
    assert (hook.state, len(receiver.requests)) == ("disabled", 1)


def test_what_happened_before_a_hook_was_added_is_not_sent(
    world: World, approver: Actor, account: ServiceAccount, director: Actor, receiver: Receiver
) -> None:
    agree(world, approver, account)
    told(world, approver, 1)
    perform("web.add_hook", director, account, {"url": receiver.url, "kinds": ["deposit"]})
    deliver_due()
    assert receiver.requests == []
    told(world, approver, 2)
    deliver_due()
    assert len(receiver.requests) == 1


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("https://localhost/x", "HOOK-ADDRESS"),
        ("http://example.org/", "HOOK-URL"),
        ("https://10.0.0.1/", "HOOK-ADDRESS"),
    ],
)
def test_a_hook_to_a_forbidden_address_is_not_added(
    url: str, code: str, account: ServiceAccount, director: Actor
) -> None:
    with pytest.raises(Refused) as refused:
        perform("web.add_hook", director, account, {"url": url})
    assert (refused.value.code, [finding.field for finding in refused.value.findings]) == (code, ["url"])
    assert not WebHook.objects.exists()


def test_a_sixth_hook_of_a_program_is_refused(
    account: ServiceAccount, director: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    leads_to(monkeypatch, PUBLIC)
    for number in range(5):
        perform("web.add_hook", director, account, {"url": f"https://example.org/{number}"})
    with pytest.raises(Refused, match="HOOK-MOST"):
        perform("web.add_hook", director, account, {"url": "https://example.org/6"})


@pytest.mark.parametrize("who", ["clerk", "approver", "verifier", "stranger", "officer"])
def test_nobody_looks_after_a_hook_but_the_head_of_its_program(
    who: str, hook: WebHook, request: pytest.FixtureRequest
) -> None:
    actor = request.getfixturevalue(who)
    for name, data in (("stop_hook", {}), ("rotate_hook_secret", {}), ("replay_delivery", {"delivery": 1})):
        with pytest.raises(Refused) as refused:
            perform(f"web.{name}", actor, hook, data)
        assert refused.value.code in ("ACT-ROLE", "ACT-SCOPE")
    assert (WebHook.objects.visible_to(actor).count() == 1) is (who == "officer")


def test_the_pages_show_what_was_sent_and_the_secret_once(deposited: ActEvent, hook: WebHook, enter: Any) -> None:
    deliver_due()
    client = enter("provincial_director")
    page = client.get(f"/hooks/{hook.pk}/").content.decode()
    assert f"evt_{deposited.pk}" in page
    assert hook.url.split("?", maxsplit=1)[0] in page
    address = f"/hooks/{hook.pk}/secret/"
    assert "whsec_" in client.post(address).content.decode()
    assert "whsec_" not in client.get(address).content.decode()
    assert enter("stranger").get(f"/hooks/{hook.pk}/").status_code == 404


def test_the_workers_thread_delivers_and_ends(
    deposited: ActEvent, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    rounds: list[int] = []

    class Stopping:
        def wait(self, _seconds: float) -> bool:
            rounds.append(1)
            return len(rounds) > 2

    monkeypatch.setattr(delivering.connection, "close", lambda: None)  # the test's own transaction stands on it
    monkeypatch.setattr(delivering, "deliver_due", lambda: 1 / 0 if len(rounds) == 1 else deliver_due())
    stopping: Any = Stopping()
    delivering.deliver_until(stopping)
    assert len(receiver.requests) == 1, "a fault in one round ends none of the next"
