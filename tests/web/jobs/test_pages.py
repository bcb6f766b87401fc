"""Jobs with their progress and a way to stop them; tokens that are shown once."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone

from tanzhi.actions.models import Job
from tanzhi.organisations.people.model import Person
from tanzhi.web.tokens.model import ApiToken

if TYPE_CHECKING:
    from django.test import Client

Enter = Callable[[str], "Client"]


def job(owner: str, state: str = Job.RUNNING) -> Job:
    person = Person.objects.get(sign_in_name=owner)
    return Job.objects.create(
        kind="x", actor=person.pk, state=state, progress=3, total=10, created_at=timezone.now(),
        message={"zh": "第 3 步", "en": "Step 3"},
    )  # fmt: skip


def test_a_running_job_shows_how_far_it_is_and_asks_again(enter: Enter) -> None:
    browser = enter("enterprise_filer")
    page = browser.get(reverse("web:job", args=[job("of_enterprise_filer").pk])).content.decode()
    assert 'value="3"' in page
    assert 'hx-trigger="every 1s"' in page
    assert "第 3 步" in page


def test_a_finished_job_does_not_ask_again(enter: Enter) -> None:
    browser = enter("enterprise_filer")
    page = browser.get(reverse("web:job", args=[job("of_enterprise_filer", Job.DONE).pk])).content.decode()
    assert "hx-trigger" not in page


def test_its_owner_can_stop_it_from_its_page(enter: Enter) -> None:
    browser, row = enter("enterprise_filer"), None
    row = job("of_enterprise_filer")
    address = reverse("presentation:act", args=["actions.cancel_job", row.pk])
    assert address in browser.get(reverse("web:job", args=[row.pk])).content.decode()
    assert browser.post(address, {}).status_code == 302
    row.refresh_from_db()
    assert row.cancel_asked


def test_somebody_elses_job_is_not_there(enter: Enter) -> None:
    enter("enterprise_filer")
    row = job("of_enterprise_filer")
    browser = enter("verifier")
    assert browser.get(reverse("web:job", args=[row.pk])).status_code == 404
    assert f"/jobs/{row.pk}/" not in browser.get(reverse("web:jobs")).content.decode()


def test_a_token_is_shown_once_works_and_can_be_ended(enter: Enter, client: Client) -> None:
    browser, address = enter("auditor"), reverse("web:tokens")
    made = browser.post(address, {"name": "夜间同步", "scopes": ["read"], "days": "30"})
    secret = made.context["made"].secret
    assert secret in made.content.decode()
    assert secret not in browser.get(address).content.decode()
    bearer = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert client.get("/api/me", **bearer).json()["roles"] == ["auditor", "person"]
    browser.post(reverse("web:end_token", args=[ApiToken.objects.get().pk]))
    client.logout()
    assert client.get("/api/me", **bearer).status_code == 401


def test_a_token_needs_a_name(enter: Enter) -> None:
    answer = enter("auditor").post(reverse("web:tokens"), {"name": "", "days": "30"})
    assert answer.status_code == 422
    assert not ApiToken.objects.exists()
