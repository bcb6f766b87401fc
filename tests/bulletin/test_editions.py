"""An edition from draft to publication: two people, frozen by its digest, set beside what is known later."""

import hashlib
import json
from decimal import Decimal

import pytest
from django.db import connection

from tanzhi.actions.refusal import PREPARATIONS
from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.bulletin import editions
from tanzhi.bulletin.composition import compose
from tanzhi.bulletin.models import Edition
from tanzhi.bulletin.serving import served, signed_of
from tanzhi.evidence.log import record, timeline
from tanzhi.figures import FigureAnswer, explain

pytestmark = pytest.mark.django_db
EMISSION = "verification.reported_emission"
REMARK = {"remark": "all rows were read"}


@pytest.fixture
def draft(told, officer, province):
    told[EMISSION, "2023"] = FigureAnswer(Decimal(95421400))
    return perform("bulletin.draft", officer, data={"period": "2024H1", "region": province.code}).result


def publish(edition, officer, director):
    proposal = perform("bulletin.publish", officer, edition, REMARK).proposal
    return decide(proposal, director, True, "agreed").result


def line(content, code=EMISSION):
    return next(one for one in content.lines if one.code == code)


def test_two_people_publish_and_the_content_is_frozen(told, draft, officer, director, province):
    assert served("2024H1", province.code, viewer=officer).as_dict()["draft"] is True
    publish(draft, officer, director)
    draft.refresh_from_db()
    assert (draft.state, draft.proposed_by, draft.signed_by) == ("published", "Officer", "Director")
    told[EMISSION, "2023"] = FigureAnswer(Decimal(95000000))
    found = served("2024H1", province.code, viewer=officer)
    assert line(found.content).value == 95421400
    assert found.as_dict()["edition"]["digest"] == draft.digest
    (changed,) = found.changes
    assert (changed.before.value, changed.now.value, changed.percent) == (95421400, 95000000, "−0.44")
    assert line(served("2024H1", province.code, now=True, viewer=officer).content).value == 95000000


def test_an_edition_is_issued_by_the_office_whose_director_signs(draft, officer, director, world, province):
    publish(draft, officer, director)
    draft.refresh_from_db()
    assert signed_of(draft).office == world.authority.name
    for grant in world.authority.grants.filter(role="provincial_director"):
        grant.delete()
    assert signed_of(draft).office.zh == f"{province.name.zh}应对气候变化主管部门"


def test_the_digest_is_that_of_the_canonical_bytes_and_stands_in_the_evidence(draft, officer, director, client):
    publish(draft, officer, director)
    kept = client.get(f"/bulletin/editions/{draft.pk}.json").content
    assert hashlib.sha256(kept).hexdigest() == draft.digest
    entry = timeline(draft.reference)[-1]
    assert entry.kind == "bulletin.publish"
    assert json.loads(bytes(entry.canonical))["body"]["content"] == draft.digest  # public: the edition is, too


def test_nobody_publishes_his_own_proposal_nor_without_a_remark(draft, officer, director):
    with pytest.raises(Refused) as refused:
        perform("bulletin.publish", officer, draft)
    assert refused.value.code == "ACT-INPUT"
    proposal = perform("bulletin.publish", officer, draft, REMARK).proposal
    with pytest.raises(Refused) as refused:
        decide(proposal, officer, True, "myself")
    assert refused.value.code in {"ACT-SELF", "ACT-ROLE"}
    with pytest.raises(Refused) as refused:
        perform("bulletin.publish", director, draft, REMARK)
    assert refused.value.code == "ACT-ROLE"


@pytest.mark.parametrize("who", ["clerk", "verifier", "city_officer", "other_officer", "stranger"])
def test_only_the_province_s_officer_drafts_and_proposes(draft, province, who, request):
    actor = request.getfixturevalue(who)
    for act, subject, data in (
        ("bulletin.draft", None, {"period": "2023", "region": province.code}),
        ("bulletin.publish", draft, REMARK),
    ):
        with pytest.raises(Refused) as refused:
            perform(act, actor, subject, data)
        assert refused.value.code in {"ACT-ROLE", "ACT-SCOPE"}


def test_a_draft_whose_figures_have_moved_is_composed_again_first(told, draft, officer, director):
    proposal = perform("bulletin.publish", officer, draft, REMARK).proposal
    told[EMISSION, "2023"] = FigureAnswer(Decimal(95000000))
    with pytest.raises(Refused) as refused:
        decide(proposal, director, True, "agreed")
    assert refused.value.code == "BUL-02"
    perform("bulletin.recompose", officer, draft)
    with pytest.raises(Refused) as refused:  # what was proposed is not what stands there now
        decide(proposal, director, True, "agreed")
    assert refused.value.code == "ACT-STALE"
    publish(draft, officer, director)
    assert line(served("2024H1", draft.region.code).content).value == 95000000


@pytest.mark.parametrize(("day", "code"), [("2024-06-29", "BUL-04"), ("2024-06-30", "BUL-04"), ("2024-07-01", "")])
def test_an_edition_is_published_from_the_day_after_its_period(day, code, draft, officer, director, settings):
    settings.TANZHI_TODAY = day
    if not code:
        publish(draft, officer, director)
        return
    with pytest.raises(Refused) as refused:
        perform("bulletin.publish", officer, draft, REMARK)
    assert refused.value.code == code


ACTS = ["bulletin.draft", "bulletin.recompose", "bulletin.publish", "approve"]


def done(act, draft, officer, director):
    if act == "bulletin.draft":
        perform(act, officer, data={"period": "2023", "region": draft.region.code})
    elif act == "approve":
        decide(perform("bulletin.publish", officer, draft, REMARK).proposal, director, True, "agreed")
    else:
        perform(act, officer, draft, REMARK if act == "bulletin.publish" else None)


@pytest.mark.parametrize("act", ACTS)
def test_an_edition_is_composed_before_anything_is_locked(act, draft, officer, director, monkeypatch):
    depths = []

    def watched(*arguments):
        depths.append(len(connection.savepoint_ids))
        return compose(*arguments)

    monkeypatch.setattr(editions, "compose", watched)
    done(act, draft, officer, director)
    assert set(depths) == {0}
    assert len(depths) == (2 if act == "approve" else 1)


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("often", [1, PREPARATIONS])
def test_what_was_done_meanwhile_is_noticed_and_after_some_tries_told(
    act, often, draft, officer, director, monkeypatch
):
    tries = []

    def disturbed(*arguments):
        composed = compose(*arguments)
        tries.append(1)
        if len(tries) <= often:
            record("test.disturbance", "bulletin.edition:0", {"try": len(tries)})
        return composed

    monkeypatch.setattr(editions, "compose", disturbed)
    if often == 1:
        done(act, draft, officer, director)
        return
    with pytest.raises(Refused) as refused:
        done(act, draft, officer, director)
    assert (refused.value.code, len(tries)) == ("BUL-05", PREPARATIONS)


def test_one_draft_at_a_time_and_a_correction_is_the_next_edition(draft, officer, director, province):
    asked = {"period": "2024H1", "region": province.code}
    with pytest.raises(Refused) as refused:
        perform("bulletin.draft", officer, data=asked)
    assert refused.value.code == "BUL-01"
    publish(draft, officer, director)
    second = perform("bulletin.draft", officer, data=asked).result
    publish(second, officer, director)
    states = list(Edition.objects.order_by("number").values_list("number", "state"))
    assert states == [(1, "superseded"), (2, "published")]
    assert served("2024H1", province.code).edition == second


def test_a_period_that_is_none_is_refused(officer, province):
    with pytest.raises(Refused) as refused:
        perform("bulletin.draft", officer, data={"period": "2024H3", "region": province.code})
    assert refused.value.code == "FIG-PERIOD"


def test_the_public_reads_what_is_published_and_no_draft(draft, officer, director, client):
    assert client.get(f"/bulletin/editions/{draft.pk}/").status_code == 404
    assert client.get(f"/bulletin/editions/{draft.pk}.pdf").status_code == 404
    publish(draft, officer, director)
    assert client.get(f"/bulletin/editions/{draft.pk}.json").status_code == 200
    assert client.get("/bulletin/").url == "/bulletin/2024H1/"
    assert client.get("/bulletin/2024H1/").status_code == 200
    assert client.get("/bulletin/2024H1/?as=now").status_code == 404
    assert client.get(f"/bulletin/editions/{draft.pk}/changes/").status_code == 404


def test_the_walk_from_a_published_figure_gives_the_public_what_was_published(told, draft, officer, director, province):
    ref = f"figure:{EMISSION}?period=2023&region={province.code}&sector=power"
    with pytest.raises(Refused) as refused:
        explain(ref)
    assert refused.value.code == "FIG-UNPUBLISHED"
    publish(draft, officer, director)
    assert explain(ref).value == 95421400
    told[EMISSION, "2023"] = FigureAnswer(Decimal(95000000))
    assert explain(ref).value == 95421400
    assert explain(ref, officer).value == 95000000


def test_an_edition_without_english_is_chinese_in_every_form(
    told, officer, director, province, client, settings, tmp_path
):
    settings.STATIC_ROOT = tmp_path
    told[EMISSION, "2023"] = FigureAnswer(Decimal(95421400))
    data = {"period": "2024H1", "region": province.code, "english": False}
    edition = perform("bulletin.draft", officer, data=data).result
    perform("bulletin.recompose", officer, edition)
    edition.refresh_from_db()
    publish(edition, officer, director)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    page = client.get(f"/bulletin/2024H1/?region={province.code}").content.decode()
    assert "published in Chinese only" in page
    assert "2023年发电企业报告排放量9542.14万吨。" in page
    file = client.get(f"/bulletin/2024H1.txt?region={province.code}")
    assert "-2024H1-zh.txt" in file["Content-Disposition"]
    assert "Power enterprises" not in file.content.decode()
    assert '"en"' not in client.get(f"/bulletin/editions/{edition.pk}.json").content.decode()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "zh-hans"
    assert "本版只有中文" not in client.get(f"/bulletin/2024H1/?region={province.code}").content.decode()
