"""Rows and wording as an installation has them: numbers locked, two administrators, from a day on, nothing published
touched.
"""

from datetime import date
from decimal import Decimal

import pytest

from tanzhi.actions.registry import ACTIONS as ACT
from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.bulletin.composition import compose
from tanzhi.bulletin.overlay import LineWording, Overlay, refuse_wording
from tanzhi.bulletin.rows import plan
from tanzhi.bulletin.rows_version import plan_on
from tanzhi.bulletin.wording.preview import rewording
from tanzhi.figures import FigureAnswer
from tanzhi.organisations.installation.order import ordered
from tanzhi.organisations.people.roles import actor_of
from tanzhi.presentation.forms.preview import preview
from tanzhi.rulebook.kernel import Text
from tests import factories

pytestmark = pytest.mark.django_db
EMISSION = "verification.reported_emission"
LINE = f"19/{EMISSION}"
NEW = {
    "line": LINE,
    "sentence_zh": "{period}，全省发电企业共报告排放{value}。",
    "sentence_en": "In {period} the province's power enterprises reported {value}.",
}
SINCE = date(2024, 8, 1)


@pytest.fixture(autouse=True)
def today(settings):
    settings.TANZHI_TODAY = "2024-07-16"


@pytest.fixture
def second(world):
    return actor_of(factories.person("second_administrator", ("administrator", None)))


@pytest.fixture
def draft(told, administrator):
    told[EMISSION, "2023"] = FigureAnswer(Decimal(95421400))
    return perform("bulletin.draft_rows", administrator).result


def change(act, administrator, version, data):
    perform(f"bulletin.{act}", administrator, version, data)
    version.refresh_from_db()


def adopted(version, administrator, second, since=SINCE):
    proposal = perform("bulletin.adopt_rows", administrator, version, {"since": since, "remark": "agreed"}).proposal
    decide(proposal, second, True, "agreed")
    version.refresh_from_db()
    return version


def row(content, number):
    return next(each for each in content.rows if each.number == number)


def sentence(number=19):
    return row(compose("2024H1").content, number).lines[0].sentence


def test_every_line_of_every_row_has_a_key_of_its_own():
    keys = [row.key(line) for row in plan().rows for line in row.lines]
    assert len(set(keys)) == len(keys)


def test_every_sentence_of_the_program_keeps_the_rules_that_changes_keep():
    for each in plan().rows:
        for line in each.lines:
            refuse_wording(each.title, line, LineWording(zh=line.sentence.zh, en=line.sentence.en))


def test_a_sentence_is_worded_otherwise_from_a_day_on_and_its_number_is_the_same(
    draft, administrator, second, settings
):
    before = compose("2024H1").content
    change("reword", administrator, draft, NEW)
    assert compose("2024H1").content == before  # a draft changes nothing
    adopted(draft, administrator, second)
    assert (sentence(), compose("2024H1").content.rows_version) == (row(before, 19).lines[0].sentence, 0)
    settings.TANZHI_TODAY = "2024-08-01"
    assert sentence().zh == "2023年，全省发电企业共报告排放9542.14万吨。"
    assert sentence().en == "In 2023 the province's power enterprises reported 95.4214 Mt."
    after = compose("2024H1").content
    assert after.rows_version == 1
    values = [[(line.key, line.written, line.full) for line in content.lines] for content in (before, after)]
    assert values[0] == values[1]
    assert (draft.state, draft.since, draft.proposed_by != draft.signed_by) == ("adopted", SINCE, True)


@pytest.mark.parametrize(
    ("size", "decimals", "zh", "en"),
    [
        ("large", 1, "1.0亿吨（95,421,400吨）", "95.4 Mt (95,421,400 t)"),
        ("middle", None, "9542.14万吨", "95,421.4 kt"),
        ("middle", 0, "9542万吨（95,421,400吨）", "95,421 kt (95,421,400 t)"),
        ("base", None, "95,421,400吨", "95,421,400 t"),
        ("", 1, "9542.1万吨（95,421,400吨）", "95.4 Mt (95,421,400 t)"),
        ("", 4, "9542.1400万吨", "95.4214 Mt"),
    ],
)
def test_unit_and_decimals_are_chosen_and_cut_digits_stand_beside(draft, administrator, size, decimals, zh, en):
    manner = {"size": size, "decimals": decimals}
    change("reword", administrator, draft, {**NEW, **manner})
    line = row(compose("2024H1", rows=draft.content).content, 19).lines[0]
    assert line.sentence.zh == f"2023年，全省发电企业共报告排放{zh}。"
    assert line.sentence.en == f"In 2023 the province's power enterprises reported {en}."
    assert line.written == "95421400"


@pytest.mark.parametrize(
    ("words", "code", "found"),
    [
        ({"sentence_zh": "{period}报告排放9542.14万吨（{value}）。"}, "BUL-08", "9"),
        ({"sentence_zh": "{period}报告排放１亿吨（{value}）。"}, "BUL-08", "１"),
        ({"sentence_zh": "二十四家企业报告{value}。"}, "BUL-08", "二十四家"),
        ({"sentence_en": "All 24 reported {value}."}, "BUL-08", "2"),
        ({"sentence_zh": "{period}已报告。"}, "BUL-09", "{period}"),
        ({"sentence_en": "Reported."}, "BUL-09", "—"),
        ({"sentence_zh": "{value}{change}。"}, "BUL-09", "{change} {value}"),
        ({"sentence_zh": "{value}{scope}。"}, "BUL-09", "{scope} {value}"),
        ({"sentence_zh": "{value:.1f}。"}, "BUL-09", "{value!:.1f}"),
        ({"sentence_zh": "{value.real}。"}, "BUL-09", "{value.real}"),
        ({"sentence_zh": "{value。"}, "BUL-09", "{{value。}"),
        ({"line": "12/market.surrendered_in_full", "size": "large"}, "BUL-10", "家"),
        ({"line": "12/market.surrendered_in_full", "decimals": 1}, "BUL-10", "家"),
        ({"line": "12/market.surrender_rate", "size": "large"}, "BUL-10", "%"),
    ],
)
def test_a_sentence_that_types_or_loses_a_number_is_refused_and_says_what_was_found(
    draft, administrator, words, code, found
):
    with pytest.raises(Refused) as refused:
        perform("bulletin.reword", administrator, draft, {"line": LINE, **words})
    assert refused.value.code == code
    assert found in refused.value.message.zh
    assert found in refused.value.message.en or code == "BUL-10"
    draft.refresh_from_db()
    assert draft.overlay == {}


@pytest.mark.parametrize(
    ("act", "data"),
    [
        ("reword", {"line": "99/no.such"}),
        ("rearrange", {"row": "first"}),
        ("rearrange", {"row": "19", "after": "999"}),
        ("move_chapter", {"chapter": "nowhere"}),
        ("move_chapter", {"chapter": "market", "after": "nowhere"}),
    ],
)
def test_what_no_form_offers_is_refused_and_named(draft, administrator, act, data):
    with pytest.raises(Refused) as refused:
        perform(f"bulletin.{act}", administrator, draft, data)
    (finding,) = refused.value.findings
    assert (refused.value.code, finding.field, finding.found.zh) == ("BUL-14", *list(data.items())[-1])


def test_blank_words_are_those_of_the_program_again(draft, administrator):
    change("reword", administrator, draft, NEW)
    change("reword", administrator, draft, {"line": LINE})
    assert draft.content == plan()
    shipped = next(line for each in plan().rows for line in each.lines if each.key(line) == LINE).sentence
    change("reword", administrator, draft, {**NEW, "sentence_zh": shipped.zh, "sentence_en": shipped.en})
    assert draft.content == plan()


def test_rows_change_their_title_and_their_place_within_the_chapter(draft, administrator):
    title = {"title_zh": "发电企业报告的排放量", "title_en": "What power enterprises reported"}
    change("rearrange", administrator, draft, {"row": "19", "after": "21", **title})
    chapter = [each for each in draft.content.rows if each.stream == "verification"]
    assert [each.number for each in chapter] == [17, 18, 20, 21, 19, 22]
    assert chapter[4].title == Text(title["title_zh"], title["title_en"])
    change("rearrange", administrator, draft, {"row": "22", "after": "first"})
    chapter = [each.number for each in draft.content.rows if each.stream == "verification"]
    assert chapter == [22, 17, 18, 20, 21, 19]
    assert next(each for each in draft.content.rows if each.number == 19).title.zh == title["title_zh"]
    content = compose("2024H1", rows=draft.content).content
    assert [each.number for each in content.chapters[3].rows] == chapter


@pytest.mark.parametrize("after", ["1", "19"])
def test_a_row_stays_in_its_chapter(draft, administrator, after):
    with pytest.raises(Refused) as refused:
        perform("bulletin.rearrange", administrator, draft, {"row": "19", "after": after})
    assert refused.value.code == "BUL-11"


def test_no_number_is_typed_into_a_title(draft, administrator):
    with pytest.raises(Refused) as refused:
        perform("bulletin.rearrange", administrator, draft, {"row": "19", "title_zh": "24家企业的排放量"})
    assert refused.value.code == "BUL-08"
    change("rearrange", administrator, draft, {"row": "5", "title_zh": "“1+N”政策文件"})


def test_chapters_change_their_place(draft, administrator):
    change("move_chapter", administrator, draft, {"chapter": "finance", "after": "intensity"})
    assert list(draft.content.streams)[:3] == ["intensity", "finance", "policy"]
    change("move_chapter", administrator, draft, {"chapter": "ccer"})
    assert list(draft.content.streams)[:3] == ["ccer", "intensity", "finance"]
    with pytest.raises(Refused) as refused:
        perform("bulletin.move_chapter", administrator, draft, {"chapter": "ccer", "after": "ccer"})
    assert refused.value.code == "BUL-11"


def test_what_a_later_release_brings_stands_behind_what_an_installation_ordered():
    assert ordered(["a", "b", "new"], ["b", "gone", "a"]) == ["b", "a", "new"]
    overlay = Overlay.model_validate(
        {"lines": {"99/gone": {"zh": "{value}"}}, "titles": {"99": {"zh": "x", "en": "y"}}}
    )
    assert overlay.over(plan()) == plan()


def test_one_draft_at_a_time_and_the_next_begins_with_what_was_adopted(draft, administrator, second):
    with pytest.raises(Refused) as refused:
        perform("bulletin.draft_rows", administrator)
    assert refused.value.code == "INS-01"
    change("reword", administrator, draft, NEW)
    adopted(draft, administrator, second)
    following = perform("bulletin.draft_rows", administrator).result
    assert (following.number, following.overlay) == (2, draft.overlay)


def test_a_version_comes_into_force_from_today_at_the_earliest_and_in_the_order_of_its_number(
    draft, administrator, second
):
    change("reword", administrator, draft, NEW)
    with pytest.raises(Refused) as refused:
        perform("bulletin.adopt_rows", administrator, draft, {"since": date(2024, 7, 15), "remark": "agreed"})
    assert refused.value.code == "INS-02"
    adopted(draft, administrator, second)
    following = perform("bulletin.draft_rows", administrator).result
    with pytest.raises(Refused) as refused:
        perform("bulletin.adopt_rows", administrator, following, {"since": SINCE, "remark": "agreed"})
    assert refused.value.code == "INS-03"  # it says the same
    change("reword", administrator, following, {"line": LINE})
    with pytest.raises(Refused) as refused:
        perform("bulletin.adopt_rows", administrator, following, {"since": date(2024, 7, 31), "remark": "agreed"})
    assert refused.value.code == "INS-02"
    adopted(following, administrator, second, date(2024, 9, 1))
    assert [plan_on(date(2024, *day))[0] for day in ((7, 31), (8, 1), (8, 31), (9, 1))] == [0, 1, 1, 2]
    assert plan_on(date(2024, 9, 1))[1] == plan()


def test_chapters_in_another_order_are_a_change_to_adopt(draft, administrator, second, settings):
    change("move_chapter", administrator, draft, {"chapter": "ccer"})
    adopted(draft, administrator, second)
    assert next(iter(plan_on(SINCE)[1].streams)) == "ccer"


def test_an_earlier_version_is_taken_again_by_a_new_one(draft, administrator, second):
    change("reword", administrator, draft, NEW)
    adopted(draft, administrator, second)
    for number, words, day in ((0, plan(), 1), (1, draft.content, 2)):
        following = perform("bulletin.draft_rows", administrator).result
        with pytest.raises(Refused) as refused:
            perform("bulletin.take_earlier_rows", administrator, following, {"number": following.number})
        assert refused.value.code == "INS-04"
        change("take_earlier_rows", administrator, following, {"number": number})
        adopted(following, administrator, second, date(2024, 9, day))
        assert plan_on(date(2024, 9, day)) == (following.number, words)


def test_nobody_adopts_his_own_proposal(draft, administrator):
    change("reword", administrator, draft, NEW)
    proposal = perform("bulletin.adopt_rows", administrator, draft, {"since": SINCE, "remark": "agreed"}).proposal
    with pytest.raises(Refused) as refused:
        decide(proposal, administrator, True, "myself")
    assert refused.value.code in {"ACT-SELF", "ACT-ROLE"}


@pytest.mark.parametrize("who", ["clerk", "officer", "director", "verifier", "stranger"])
def test_only_an_administrator_changes_rows(draft, who, request):
    for act, subject, data in (("bulletin.draft_rows", None, None), ("bulletin.reword", draft, NEW)):
        with pytest.raises(Refused) as refused:
            perform(act, request.getfixturevalue(who), subject, data)
        assert refused.value.code in {"ACT-ROLE", "ACT-SCOPE"}


@pytest.fixture
def published(draft, officer, director, province):
    edition = perform("bulletin.draft", officer, data={"period": "2024H1", "region": province.code}).result
    decide(perform("bulletin.publish", officer, edition, {"remark": "all read"}).proposal, director, True, "agreed")
    edition.refresh_from_db()
    return edition


def test_the_preview_says_the_published_numbers_in_the_new_words_and_the_edition_stays(
    published, draft, administrator, second, settings
):
    kept = published.digest, published.content
    trial = preview(ACT["bulletin.reword"], administrator, draft, NEW)
    (records,) = [part.records for part in trial.parts if part.template == "bulletin/rewording.html"]
    assert records.edition == published
    ((before, after),) = records.rows[0].sentences
    assert before.zh == "2023年发电企业报告排放量9542.14万吨。"
    assert after.zh == "2023年，全省发电企业共报告排放9542.14万吨。"
    draft.refresh_from_db()
    assert draft.overlay == {}  # a preview changes nothing
    change("reword", administrator, draft, NEW)
    change("move_chapter", administrator, draft, {"chapter": "ccer"})
    trial = preview(ACT["bulletin.adopt_rows"], administrator, draft, {"since": SINCE, "remark": "agreed"})
    (records,) = [part.records for part in trial.parts if part.template == "bulletin/rewording.html"]
    assert (len(records.rows), records.chapters[1][0].en) == (1, "CCER projects")
    adopted(draft, administrator, second)
    settings.TANZHI_TODAY = "2024-09-01"
    published.refresh_from_db()
    assert (published.digest, published.content) == kept


def test_without_a_published_bulletin_the_preview_shows_placeholders(draft, administrator):
    change("reword", administrator, draft, NEW)
    change("rearrange", administrator, draft, {"row": "6", "after": "7"})
    found = rewording(plan(), draft.content)
    assert found.edition is None
    assert found.rows[0].sentences[0][1].zh == NEW["sentence_zh"]
    assert [(words.zh, old[:3], new[:3]) for words, old, new in found.order] == [("“1+N”政策", [5, 6, 7], [5, 7, 6])]
