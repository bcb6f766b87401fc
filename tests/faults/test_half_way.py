"""A line that breaks half-way, a button pressed twice, two people at once: through the pages, nothing is half-saved."""

from __future__ import annotations

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client, RequestFactory
from django.urls import reverse

from tanzhi.actions.perform import perform
from tanzhi.evidence.models import Entry
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.model import Filing, Version
from tanzhi.filings.months.status import form_of
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tests import factories
from tests.filings.deposits.test_work import RECORD, answered

BACKEND = "django.contrib.auth.backends.ModelBackend"


def signed_in(name: str, role: str, plant: object) -> Client:
    person = factories.person(name, (role, plant))
    Person.objects.filter(pk=person.pk).update(is_active=True, state="active")
    client = Client()
    client.force_login(Person.objects.get(pk=person.pk), backend=BACKEND)
    return client


@pytest.fixture
def filing(world, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    clerk = actor_of(factories.person("opener", ("enterprise_filer", world.plant)))
    data = {"form_code": "power.month", "organisation_id": world.plant.pk, "period": "2023-06"}
    return perform("filings.open", clerk, data=data).result


@pytest.fixture
def browser(world):
    return signed_in("half_way", "enterprise_filer", world.plant)


def workbook(filing: Filing) -> bytes:
    return template(form_of(filing), Prefill(filing.organisation.code, "2023-06", RECORD))


class Broken(io.BytesIO):
    """A line over which no more comes: the server under it raises what a closed socket raises."""

    def read(self, size: int | None = -1) -> bytes:
        found = super().read(size)
        if not found:
            raise ConnectionResetError("the line is broken")
        return found


@pytest.mark.parametrize("line", [io.BytesIO, Broken], ids=["ends", "breaks"])
@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_an_upload_that_breaks_off_saves_nothing_and_the_next_one_is_taken(share, line, filing, browser):
    address, content = reverse("filings:upload", args=[filing.pk]), workbook(filing)
    boundary = "x" * 20
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'.encode()
    body = head + content + f"\r\n--{boundary}--\r\n".encode()
    token = browser.get(reverse("filings:filing", args=[filing.pk])).cookies["csrftoken"].value
    request = RequestFactory().post(address, HTTP_X_CSRFTOKEN=token).environ | {
        "HTTP_COOKIE": f"sessionid={browser.cookies['sessionid'].value}; csrftoken={token}",
        "CONTENT_TYPE": f"multipart/form-data; boundary={boundary}",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": line(body[: int(len(body) * share)]),
    }
    told = []
    request_started.disconnect(close_old_connections)  # as Django's own client does: the test's transaction goes on
    try:
        WSGIHandler()(request, lambda status, headers: told.append(int(status[:3])))
    finally:
        request_started.connect(close_old_connections)
    assert told[0] in (302, 400, 422)
    assert not Version.objects.exists()
    assert not Entry.objects.filter(kind="filings.upload").exists()
    browser.post(address, {"file": SimpleUploadedFile("a.xlsx", content)})
    assert filing.versions.count() == 1


def test_a_form_sent_twice_saves_once_and_says_so_twice(browser, filing):
    page = browser.get(reverse("filings:filing", args=[filing.pk])).content.decode()
    key = re.search(r'name="key" value="(\w+-upload)"', page)[1]
    sent = {"key": key, "seen": "0"}
    content = workbook(filing)
    for _ in range(2):
        file = SimpleUploadedFile("a.xlsx", content)
        answer = browser.post(reverse("filings:upload", args=[filing.pk]), {**sent, "file": file}, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    assert filing.versions.count() == 1


def test_a_deposit_pressed_twice_is_one_deposit_with_one_receipt(world, filing, browser):
    clerk = actor_of(Person.objects.get(sign_in_name="half_way"))
    perform("filings.save", clerk, filing, {"record": RECORD})
    perform("filings.check", clerk, answered(clerk, filing))
    head = signed_in("head", "enterprise_approver", world.plant)
    page = head.get(reverse("filings:filing", args=[filing.pk])).content.decode()
    form = page.partition("/do/deposit/")[2].partition("</form>")[0]
    sent = dict(re.findall(r'name="(seen|key)" value="([\w-]+)"', form))
    for _ in range(2):
        answer = head.post(reverse("filings:act", args=[filing.pk, "deposit"]), sent, follow=True)
        assert [message.level_tag for message in answer.context["messages"]] == ["success"]
    assert Entry.objects.filter(kind="filings.deposit").count() == 1


def test_the_second_of_two_people_is_told_what_the_first_did_and_overwrites_nothing(world, filing, browser):
    other = signed_in("other_clerk", "enterprise_filer", world.plant)
    seen = {"month-0-unit": "1", "month-0-month": "2023-06", "seen": "0"}
    browser.post(reverse("filings:save", args=[filing.pk]), {**seen, "month-0-generation": "1.000"})
    answer = other.post(reverse("filings:save", args=[filing.pk]), {**seen, "month-0-generation": "2.000"}, follow=True)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "ACT-STALE" in page
    assert 'name="month-0-generation" value="2.000"' in page  # nothing that was typed is lost
    assert filing.latest.record["units"][0]["months"][0]["generation"] == "1.000"
