"""Pages and figures of CCER in both languages: for those concerned, and for the public during a notice."""

from __future__ import annotations

import pytest
from django.test import Client

from tanzhi.actions.registry import Actor
from tanzhi.figures import Question
from tanzhi.figures.registry import ask
from tanzhi.organisations.people.model import Person
from tanzhi.streams.ccer.models import PublicComment
from tests.streams.ccer.conftest import Desk, day


def client(actor: Actor | None, language: str = "zh-hans") -> Client:
    found = Client()
    found.cookies["django_language"] = language
    if actor is not None:
        Person.objects.filter(pk=actor.person_id or 0).update(is_active=True, state="active")
        found.force_login(Person.objects.get(pk=actor.person_id or 0))
    return found


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_every_page_in_both_languages(desk: Desk, language: str) -> None:
    project = desk.registered()
    with day(6, 3):
        report = desk.monitored(project)
        desk.report_notice(report)
    for actor, path in (
        (desk.officer, "/ccer/"),
        (desk.owner, f"/ccer/projects/{project.pk}/"),
        (desk.owner, f"/ccer/reports/{report.pk}/"),
        (None, "/ccer/notices/"),
        (None, f"/ccer/projects/{project.pk}/"),
        (None, f"/ccer/notices/{project.pk}/{report.pk}/"),
    ):
        assert (path, client(actor, language).get(path).status_code) == (path, 200)


def test_a_passer_by_comments_on_the_public_page(desk: Desk) -> None:
    project = desk.noticed()
    told = {"project": str(project.pk), "who": "附近居民", "contact": "123", "text": "请说明用水来源。", "key": "k"}
    with day(3, 20):
        answer = client(None).post(f"/ccer/notices/{project.pk}/", told)
        assert answer.status_code == 302
        page = client(None).get(f"/ccer/notices/{project.pk}/").content.decode()
    assert PublicComment.objects.get().text in page
    assert "附近居民" not in page


def test_a_project_that_was_never_noticed_has_no_public_page(desk: Desk) -> None:
    hidden = desk.admitted()
    assert client(None).get(f"/ccer/projects/{hidden.pk}/").status_code == 404


def test_every_stage_is_that_of_the_periods_end(desk: Desk) -> None:
    project = desk.registered()
    stages = {
        code: ask("ccer.in_validation", Question(code, "990000")).value for code in ("2024Q1", "2024-04", "2024H1")
    }
    assert stages == {"2024Q1": 0, "2024-04": 1, "2024H1": 0}
    assert ask("ccer.library", Question("2024H1", "990000")).value == 1
    assert ask("ccer.preparing", Question("2024-04", "990000")).value == 1
    assert ask("ccer.preparing", Question("2024H1", "990000")).value == 0
    assert project.registered_on is not None
