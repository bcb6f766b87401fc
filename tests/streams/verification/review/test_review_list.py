"""The review list: out of guide, report, plan and checks; noted by two; chosen by the leader; before the conclusion."""

from __future__ import annotations

import io
import re
from collections import Counter
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from tanzhi.actions.models import Performed
from tanzhi.actions.registry import Actor, perform
from tanzhi.actions.visibility import sees
from tanzhi.evidence.files import receive
from tanzhi.filings.months.status import examined_record
from tanzhi.organisations.people.model import Person
from tanzhi.organisations.people.roles import actor_of
from tanzhi.streams.verification.cases.model import Verification
from tanzhi.streams.verification.clues.model import Clue
from tanzhi.streams.verification.cross_checks.model import CheckHit
from tanzhi.streams.verification.review.drawing import GUIDE
from tanzhi.streams.verification.review.model import ReviewLine
from tanzhi.workflow.dossier.model import Attachment
from tanzhi.workflow.findings.model import CaseFinding
from tests.factories import World, organisation, person
from tests.refusing import refused
from tests.streams.verification.conftest import day

if TYPE_CHECKING:
    from django.test import Client

COAL = "units[1].fuels[bituminous]"
JPEG = b"\xff\xd8\xff\xe0" + bytes(40)
NOTE: dict[str, Any] = {"result": "conforms", "evidence": "原件", "remark": "一致"}
BAD: dict[str, Any] = {"result": "does_not_conform", "remark": "六月无校准记录"}


@pytest.fixture
def drawn(formed: Verification, verifier: Actor) -> Verification:
    with day(4, 15):
        perform("verification.draw_review_list", verifier, formed)
    return formed


@pytest.fixture
def line(drawn: Verification) -> ReviewLine:
    row: ReviewLine = drawn.review_lines.get(code="fuel_consumption", place_in_record=COAL)
    return row


def note(who: Actor, line: ReviewLine, **data: Any) -> ReviewLine:
    with day(4, 18):
        perform("verification.note_line", who, line, data)
    line.refresh_from_db()
    return line


def sign_in(client: Client, actor: Actor) -> None:
    Person.objects.filter(pk=actor.person_id).update(is_active=True, state="active")
    reader = Person.objects.get(pk=actor.person_id)
    client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")


def standing(line: ReviewLine) -> list[tuple[int, str]]:
    return [(row.number, row.person_name) for row in line.notes.filter(stands=True)]


def test_a_hit_of_the_cross_checks_is_a_line_until_it_is_set_aside(formed: Verification, verifier: Actor) -> None:
    words = {"zh": "燃煤消耗量", "en": "coal burnt"}
    common = {
        "organisation": formed.organisation, "year": 2023, "filing": formed.filing, "version": formed.version,
        "where": "units[1].months[2023-06].fuels[bituminous]", "field": "fuel_consumption", "value": "5000",
        "words": {"field": words, "actual": {"zh": "与上月相同", "en": "as in May"}, "expected": words}, "release": "r",
    }  # fmt: skip
    CheckHit.objects.create(code="X-COPY", state="answered", answer="停炉检修", **common)
    CheckHit.objects.create(code="X-SWING", state="aside", **common)
    with day(4, 15):
        perform("verification.draw_review_list", verifier, formed)
    (line,) = formed.review_lines.filter(kind="cross_check")
    assert (line.code, line.category) == ("X-COPY", "data")
    assert "与上月相同" in line.title["zh"]
    assert "停炉检修" in line.expected["zh"]


# --- what the list has ------------------------------------------------------------------------------


def test_the_list_has_each_subject_of_the_guide_each_filed_parameter_once_and_each_hit(drawn: Verification) -> None:
    """The plant burns one coal in one unit: what it filed in twelve months is looked at as one line a number."""
    month = drawn.version.record["units"][0]["months"][0]
    of_fuel = {name for fuel in month["fuels"] if fuel["fuel"] == "bituminous" for name in fuel}
    lines = list(drawn.review_lines.all())
    kinds = Counter(row.kind for row in lines)
    assert kinds["subject"] == len(GUIDE["subjects"]) == 16
    fuels = [row for row in lines if row.place_in_record == COAL]
    assert {row.code for row in fuels} <= of_fuel
    assert "fuel_consumption" in {row.code for row in fuels}
    assert len({row.code for row in fuels}) == len(fuels)
    assert fuels[0].title["zh"].startswith("1号机组，烟煤，")
    found = examined_record(drawn.filing, drawn.version.record).findings
    places = [re.sub(r"\.months\[[^]]*\]", "", f.place) if "[" in f.place else "" for f in found]
    hits = {(f.code, f"{place}.{f.field}".strip(".")) for f, place in zip(found, places, strict=True)}
    assert len(hits) < len(found)  # the months of one hit stand in one line
    assert {(row.code, row.place_in_record) for row in lines if row.kind == "check"} == hits
    (months,) = [row for row in lines if row.code == "YR-MONTHS"]
    assert "12 处：2023-01, 2023-02" in months.expected["zh"]
    assert [row.number for row in lines] == list(range(1, len(lines) + 1))


def test_a_clue_that_came_since_is_added_and_what_stands_stays(
    drawn: Verification, line: ReviewLine, verifier: Actor
) -> None:
    note(verifier, line, **NOTE)
    before = drawn.review_lines.count()
    with refused("VER-LIST-SAME"):
        perform("verification.draw_review_list", verifier, drawn)
    common = {"organisation": drawn.organisation, "source": "complaint", "parameter": "燃煤量", "text": "举报"}
    for number, state in (("C-1", "received"), ("C-2", "closed"), ("C-3", "unfounded")):
        Clue.objects.create(number=number, state=state, **common)
    perform("verification.draw_review_list", verifier, drawn)
    assert list(drawn.review_lines.values_list("code", flat=True))[before:] == ["C-1"]
    assert ReviewLine.objects.get(pk=line.pk).state == "noted"


def test_only_members_of_the_group_draw_up_and_note(drawn: Verification, line: ReviewLine, world: World) -> None:
    colleague = actor_of(person("colleague", ("verifier", world.verifier_firm)))
    stranger = actor_of(person("foreign", ("verifier", organisation("VER9", world.province, "verifier"))))
    with refused("VER-MEMBER"):
        perform("verification.draw_review_list", colleague, drawn)
    with refused("VER-MEMBER"):
        perform("verification.note_line", colleague, line, NOTE)
    with refused("ACT-SCOPE"):  # a visit of another body is not there
        perform("verification.note_line", stranger, line, NOTE)
    assert not line.notes.exists()


def test_working_papers_are_the_bodys_and_the_authorities_and_not_the_enterprises(
    line: ReviewLine, verifier: Actor, officer: Actor, clerk: Actor, other_officer: Actor
) -> None:
    assert sees(clerk, line.case)
    assert [sees(who, line) for who in (verifier, officer, clerk, other_officer)] == [True, True, False, False]
    note(verifier, line, **NOTE)
    assert [sees(who, line.notes.get()) for who in (verifier, officer, clerk)] == [True, True, False]


# --- what is noted ----------------------------------------------------------------------------------


def test_a_note_says_why_nothing_was_checked_and_what_does_not_conform(line: ReviewLine, verifier: Actor) -> None:
    for data, code in (
        ({"result": "not_checked"}, "VER-LINE-REASON"),
        ({"result": "does_not_conform", "evidence": "台账"}, "VER-LINE-REMARK"),
        ({"result": "conforms", "seen": 1}, "VER-SEEN"),
        ({"result": "conforms", "category": "nothing"}, "ACT-INPUT"),
    ):
        with refused(code):
            perform("verification.note_line", verifier, line, data)
    note(verifier, line, result="not_checked", reason="停机检修")
    written = line.notes.get()
    assert (written.result, written.reason, written.category, line.state) == (
        "not_checked",
        "停机检修",
        "data",
        "noted",
    )


def test_who_saw_the_note_replaces_it_and_it_is_kept(line: ReviewLine, verifier: Actor, second_verifier: Actor) -> None:
    note(verifier, line, **NOTE)
    note(second_verifier, line, **BAD, seen=1)
    assert standing(line) == [(2, "Second Verifier")]
    assert (line.state, line.notes.count()) == ("noted", 2)


def test_two_who_did_not_see_each_others_note_are_both_kept_and_the_leader_chooses(
    line: ReviewLine, verifier: Actor, second_verifier: Actor
) -> None:
    note(verifier, line, **NOTE)
    note(second_verifier, line, **BAD, seen=0)
    assert (line.state, standing(line)) == ("contested", [(1, "Verifier"), (2, "Second Verifier")])
    with refused("VER-LEADER"):
        perform("verification.choose_note", second_verifier, line, {"number": 2, "reason": "我的对"})
    with refused("VER-NOTE"):
        perform("verification.choose_note", verifier, line, {"number": 3, "reason": "没有"})
    perform("verification.choose_note", verifier, line, {"number": 2, "reason": "有现场照片"})
    line.refresh_from_db()
    assert (line.state, standing(line), line.notes.count()) == ("noted", [(2, "Second Verifier")], 2)
    with refused("ACT-STATE"):
        perform("verification.choose_note", verifier, line, {"number": 2, "reason": "再选"})


def test_two_who_noted_the_same_do_not_differ(line: ReviewLine, verifier: Actor, second_verifier: Actor) -> None:
    note(verifier, line, **NOTE)
    note(second_verifier, line, **NOTE)
    assert (line.state, standing(line)) == ("noted", [(2, "Second Verifier")])


def test_a_request_that_comes_twice_notes_once(line: ReviewLine, verifier: Actor) -> None:
    for _ in range(2):
        perform("verification.note_line", verifier, line, NOTE, idempotency_key="phone-1")
    assert line.notes.count() == 1
    with refused("ACT-REPEAT"):
        perform("verification.note_line", verifier, line, BAD, idempotency_key="phone-1")


def test_a_time_of_the_device_that_cannot_be_is_left_out(line: ReviewLine, verifier: Actor) -> None:
    """Open since 8 April, noted on the 18th: a clock before or after that is wrong; the note is kept."""
    for number, at in ((7, None), (10, 10), (19, None)):
        told = datetime(2024, 4, number, 4, tzinfo=UTC)
        note(verifier, line, **NOTE, device_at=told.isoformat(), seen=line.notes.count())
        latest = line.notes.last()
        assert latest is not None
        assert (latest.device_at and latest.device_at.day) == at


def test_photos_are_ones_own_uploads_and_pictures(line: ReviewLine, verifier: Actor, second_verifier: Actor) -> None:
    own = receive(io.BytesIO(JPEG), "秤.jpg", "image/jpeg", verifier.person_id or 0).file.sha256
    page = receive(io.BytesIO(b"<script>1</script>"), "秤.jpg", "image/jpeg", verifier.person_id or 0).file.sha256
    for digest, code in (("0" * 64, "CASE-FILE"), (own[:-1] + "x", "CASE-FILE"), (page, "VER-PHOTO")):
        with refused(code):
            perform("verification.note_line", verifier, line, NOTE | {"photos": [digest]})
    with refused("CASE-FILE"):
        perform("verification.note_line", second_verifier, line, NOTE | {"photos": [own]})
    assert not Attachment.objects.exists()
    note(verifier, line, **NOTE, photos=[own])
    assert list(Attachment.objects.values_list("subject", "sha256")) == [(line.reference, own)]


def test_nothing_is_noted_once_the_case_is_concluded(concluded: Verification, verifier: Actor) -> None:
    row = ReviewLine.objects.create(
        case=concluded, number=1, kind="subject", category="site", code="site", title={"zh": "现场", "en": "Site"},
        expected={"zh": "看", "en": "see"}, at=concluded.opened_at,
    )  # fmt: skip
    with refused("VER-SITE-LATE"):
        perform("verification.note_line", verifier, row, NOTE)


def test_a_drawn_signature_is_kept_as_an_image_that_says_so(drawn: Verification, verifier: Actor) -> None:
    data = {"name": "张三", "capacity": "enterprise"}
    digests = {
        content: receive(io.BytesIO(content), "signature.png", "image/png", verifier.person_id or 0).file.sha256
        for content in (JPEG, b"no picture")
    }
    with refused("VER-PHOTO"):
        perform("verification.sign_visit", verifier, drawn, data | {"image": digests[b"no picture"]})
    perform("verification.sign_visit", verifier, drawn, data | {"image": digests[JPEG]})
    signature = drawn.signatures.get()
    assert signature.image.label.zh == "手绘签名图像，不是电子签名：张三"
    assert signature.image.label.en == "An image of a drawn signature, no electronic signature: 张三"
    assert (signature.image.sha256, signature.capacity, signature.person_name) == (
        digests[JPEG],
        "enterprise",
        "Verifier",
    )
    with refused("ACT-STATE"):
        Verification.objects.filter(pk=drawn.pk).update(state="concluded")
        perform("verification.sign_visit", verifier, drawn, data | {"image": digests[JPEG]})


def test_the_phones_page_and_state_are_the_members(
    client: Client, line: ReviewLine, verifier: Actor, officer: Actor
) -> None:
    address = f"/verification/site/{line.case_id}/"
    assert client.get(f"{address}state.json").status_code == 401
    sign_in(client, officer)  # may read the list, and visits nobody
    assert client.get(address).status_code == 404
    sign_in(client, verifier)
    note(verifier, line, **BAD)
    page = client.get(address).content.decode()
    assert page.count('class="site-line"') == line.case.review_lines.count()
    state = client.get(f"{address}state.json").json()
    (row,) = [row for row in state["lines"] if row["number"] == line.number]
    assert (state["person"], row["state"], row["newest"], row["notes"][0]["remark"]) == (
        verifier.person_id, "noted", 1, BAD["remark"],
    )  # fmt: skip
    worker = client.get("/verification/site/worker.js")
    assert worker.headers["Content-Type"].startswith("text/javascript")


# --- findings and the conclusion ---------------------------------------------------------------------


def test_a_line_that_does_not_conform_becomes_a_finding_once(line: ReviewLine, verifier: Actor) -> None:
    note(verifier, line, **NOTE)
    with refused("VER-LINE-CONFORMS"):
        perform("verification.raise_line", verifier, line)
    note(verifier, line, **BAD, seen=1)
    perform("verification.raise_line", verifier, line)
    line.refresh_from_db()
    finding = CaseFinding.objects.get()
    assert (finding.title, finding.text, finding.reference) == (line.title["zh"], BAD["remark"], line.finding)
    with refused("VER-LINE-RAISED"):
        perform("verification.raise_line", verifier, line)


def test_no_conclusion_while_a_line_is_open_noted_differently_or_without_its_finding(
    found: Verification, verifier: Actor, second_verifier: Actor
) -> None:
    perform("verification.draw_review_list", verifier, found)
    rows = list(found.review_lines.all())
    ReviewLine.objects.exclude(pk=rows[0].pk).filter(case=found).update(state="noted")
    conclusion = {"outcome": "conforms", "opinion": "符合"}
    with day(4, 26), refused("VER-LIST-OPEN"):
        perform("verification.conclude", verifier, found, conclusion)
    note(verifier, rows[0], **NOTE)
    note(second_verifier, rows[0], **BAD)
    with day(4, 26), refused("VER-LIST-OPEN"):
        perform("verification.conclude", verifier, found, conclusion)
    perform("verification.choose_note", verifier, rows[0], {"number": 2, "reason": "有照片"})
    with day(4, 26), refused("VER-LIST-RAISE"):
        perform("verification.conclude", verifier, found, conclusion)
    with day(4, 19):
        perform("verification.raise_line", verifier, rows[0])
        raised = CaseFinding.objects.latest("number")
        perform("cases.close_finding", verifier, raised, {"text": "已补"})
    with day(4, 26):
        perform("verification.conclude", verifier, found, conclusion)
    found.refresh_from_db()
    assert found.state == "concluded"


# --- pages -------------------------------------------------------------------------------------------


def test_the_page_shows_both_notes_and_lets_the_leader_choose(
    client: Client, line: ReviewLine, verifier: Actor, second_verifier: Actor
) -> None:
    note(verifier, line, **NOTE)
    note(second_verifier, line, **BAD)
    sign_in(client, verifier)
    page = client.get(f"/verification/cases/{line.case_id}/review/", {"by": "contested"}).content.decode()
    assert page.count("<article") == 1
    assert page.count("verification.choose_note") == 2
    assert "六月无校准记录" in page
    assert "一致" in page
    sign_in(client, second_verifier)
    page = client.get(f"/verification/cases/{line.case_id}/review/").content.decode()
    assert "verification.choose_note" not in page
    assert page.count("<article") == line.case.review_lines.count()


def test_the_case_says_how_far_the_list_is_and_the_enterprise_reads_nothing_of_it(
    client: Client, line: ReviewLine, verifier: Actor, clerk: Actor
) -> None:
    sign_in(client, verifier)
    assert 'id="review"' in client.get(line.case.get_absolute_url()).content.decode()
    sign_in(client, clerk)
    assert 'id="review"' not in client.get(line.case.get_absolute_url()).content.decode()
    assert client.get(f"/verification/cases/{line.case_id}/review/").status_code == 404


# --- many lines alike ------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_lines_that_were_ticked_are_noted_alike_each_by_an_act_of_its_own(
    client: Client, drawn: Verification, line: ReviewLine, verifier: Actor, language: str
) -> None:
    sign_in(client, verifier)
    client.cookies["django_language"] = language
    address = f"/verification/cases/{drawn.pk}/review/note/"
    assert address in client.get(f"/verification/cases/{drawn.pk}/review/").content.decode()
    others = [row.pk for row in drawn.review_lines.exclude(pk=line.pk)]
    with day(4, 18):
        answer = client.post(address, {"line": others, "result": "conforms", "evidence": "台账原件"}).content.decode()
    words = {"zh-hans": f"已办理 {len(others)} 项，被拒 0 项", "en": f"{len(others)} done, 0 refused"}
    assert words[language] in answer
    assert Performed.objects.filter(action="verification.note_line").count() == len(others)
    assert set(drawn.review_lines.exclude(pk=line.pk).values_list("state", "notes__result", "notes__evidence")) == {
        ("noted", "conforms", "台账原件")
    }
    assert [row.pk for row in drawn.review_lines.filter(state="open")] == [line.pk]
    assert f'name="line" value="{line.pk}"' in answer
    assert answer.count('name="line"') == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        ({"result": "does_not_conform", "remark": "无校准记录"}, "ACT-INPUT"),
        ({"result": "", "evidence": "原件"}, "ACT-INPUT"),
        ({"result": "not_checked"}, "VER-LINE-REASON"),
    ],
)
def test_what_needs_words_of_its_own_is_not_noted_alike(
    client: Client, line: ReviewLine, verifier: Actor, data: dict[str, str], code: str
) -> None:
    sign_in(client, verifier)
    with day(4, 18):
        answer = client.post(f"/verification/cases/{line.case_id}/review/note/", data | {"line": [line.pk]})
    assert code in answer.content.decode()
    assert not line.notes.exists()


def test_lines_are_noted_alike_by_the_group_while_it_looks_and_once(
    client: Client, line: ReviewLine, verifier: Actor, officer: Actor
) -> None:
    address = f"/verification/cases/{line.case_id}/review/note/"
    sign_in(client, officer)  # may read the list, and notes nothing
    assert client.get(address).status_code == 404
    note(verifier, line, **BAD)
    sign_in(client, verifier)
    with day(4, 18):
        client.post(address, {"line": [line.pk], "result": "conforms"})
    assert [(row.number, row.result) for row in line.notes.all()] == [(1, "does_not_conform")]
    Verification.objects.filter(pk=line.case_id).update(state="concluded")
    assert client.get(address).status_code == 404
