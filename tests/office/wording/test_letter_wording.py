"""Letters in an installation's own words: placeholders locked, two administrators, from a day on, none sent touched."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.registry import ACTIONS, Actor, Refused, decide, perform
from tanzhi.office.letters.layout import letter_codes, read_body, shipped
from tanzhi.office.letters.model import Letter
from tanzhi.office.letters.rules import LetterWording, faults
from tanzhi.office.letters.version import LettersVersion, letter_on
from tanzhi.office.letters.wording.pages import standing
from tanzhi.office.letters.wording.preview import sample_letter
from tanzhi.organisations.people.roles import actor_of
from tanzhi.presentation.forms.preview import preview
from tanzhi.rulebook.kernel.text import Text
from tests import factories
from tests.office.test_letters import templates, write

__all__ = ["templates", "write"]
pytestmark = pytest.mark.django_db
CODE = (
    "cases.granted"  # the letter of tests/office/test_letters.py: {case} in its title, {days} and a table in its body
)
TODAY, SINCE = date(2024, 7, 16), date(2024, 8, 1)
NEW = {
    "letter": CODE,
    "title_zh": "{case}：停运决定书",
    "title_en": "{case}: decision",
    "body_zh": "同意你单位停运{days}天。\n[months]\n# 附则\n此复，{to}。",
    "body_en": "You may stop for {days} days.\n[months]\n# Further\nTo {to}.",
}


@pytest.fixture(autouse=True)
def today(settings: Any, templates: None) -> None:
    settings.TANZHI_TODAY = TODAY.isoformat()


@pytest.fixture
def second(world: Any) -> Actor:
    return actor_of(factories.person("second_administrator", ("administrator", None)))


@pytest.fixture
def draft(administrator: Actor) -> LettersVersion:
    version: LettersVersion = perform("office.draft_letters", administrator).result
    return version


def reword(administrator: Actor, version: LettersVersion, **data: str) -> None:
    perform("office.reword_letter", administrator, version, {"letter": CODE, **data})
    version.refresh_from_db()


def adopted(version: LettersVersion, administrator: Actor, second: Actor, since: date = SINCE) -> LettersVersion:
    proposal = perform("office.adopt_letters", administrator, version, {"since": since, "remark": "agreed"}).proposal
    decide(proposal, second, True, "agreed")
    version.refresh_from_db()
    return version


def test_every_letter_of_the_program_keeps_the_rules_that_changes_keep_and_has_a_sample() -> None:
    assert len(letter_codes()) == 16  # fifteen of the streams, and the one made up here
    for code in letter_codes():
        letter = shipped(code)
        layout = letter.template
        words = {f"title_{each}": getattr(layout.title, each) for each in ("zh", "en")}
        words |= {f"body_{each}": layout.body_text(each) for each in ("zh", "en")}
        words |= {f"number_{each}": getattr(layout.series, each) for each in ("zh", "en")}
        assert faults(letter, LetterWording(**words)) == [], code
        assert LetterWording(**words).over(layout) == layout, code
        if code != CODE:
            assert "{" not in sample_letter(letter).paper.title.zh  # type: ignore[union-attr]  # a letter's title has its twin


DEADLINE = re.compile(
    r"[一二两三四五六七八九十百\d]+\s*个?\s*(工作日|自然日|月内|月以?内|天内|日内)"
    r"|\b(\d+|one|two|three|five|seven|ten|fifteen|twenty|thirty|a)\s+(working\s+|natural\s+)?(day|month)s?\b"
)


def test_no_letter_writes_a_deadline_that_is_a_parameter_of_the_law() -> None:
    stated = {code: shipped(code).law for code in letter_codes() if shipped(code).law}
    for code in letter_codes():
        body = " ".join(shipped(code).template.body_text(each) for each in ("zh", "en"))
        assert DEADLINE.findall(body) == [], code
    assert sum(map(len, stated.values())) == 12
    assert DEADLINE.search("十五个工作日内")
    assert DEADLINE.search("within five working days")


def test_a_letter_states_the_deadline_that_the_law_of_its_day_has(enter: Any, settings: Any) -> None:
    """Seven and ten working days (19号令，第二十七条), until an installation enters another value."""
    letter = shipped("verification.notice")
    assert letter.stated(TODAY) == {"objection_days": 7, "decision_days": 10}
    enter(
        guideline="procedure", parameter="verification_objection_days", value="9", unit="1", since="2024-08-01",
        supersedes=True, source="示例通知",
    )  # fmt: skip
    assert letter.stated(TODAY)["objection_days"] == 7
    settings.TANZHI_TODAY = SINCE.isoformat()
    words = [block.zh for _, block in sample_letter(letter).parts if isinstance(block, Text)]
    assert any("之日起9个工作日内" in each and "在10个工作日内" in each for each in words)


def test_a_letter_goes_out_in_the_words_of_its_day_and_one_that_was_sent_keeps_its_own(
    write: Any, draft: LettersVersion, administrator: Actor, second: Actor, settings: Any
) -> None:
    before = write()
    text = before.title_zh, before.blocks
    reword(administrator, draft, **NEW)
    assert write().title_zh == before.title_zh  # a draft changes nothing
    adopted(draft, administrator, second)
    assert write().title_zh == before.title_zh  # nor does what comes into force later
    settings.TANZHI_TODAY = SINCE.isoformat()
    after = write()
    assert after.name == Text("停运 3 天：停运决定书", "3 days out of service: decision")
    kinds = [(block["kind"], block.get("zh", "")) for block in after.blocks]
    receiver = after.to.name.zh
    assert kinds == [
        ("paragraph", "同意你单位停运3天。"),
        ("table", ""),
        ("heading", "附则"),
        ("paragraph", f"此复，{receiver}。"),
    ]
    assert (before.wording_version, after.wording_version) == (0, 1)
    kept = Letter.objects.get(pk=before.pk)
    assert (kept.title_zh, kept.blocks) == text


@pytest.mark.parametrize(
    ("words", "code", "field", "place", "actual"),
    [
        ({"title_zh": "{case}，{firm}"}, "LET-01", "title_zh", "标题（中文）", "{firm}"),
        ({"title_zh": "决定"}, "LET-02", "title_zh", "标题（中文）", "—"),
        ({"title_en": "Decision"}, "LET-02", "title_en", "标题（英文）", "—"),
        ({"number_zh": "停运{n}号"}, "LET-02", "number_zh", "文号（中文）", "{n}"),
        ({"number_zh": "停{to}〔{year}〕{n}号"}, "LET-01", "number_zh", "文号（中文）", "{to}"),
        ({"body_zh": "同意。\n[months]"}, "LET-02", "body_zh", "正文（中文）", "—"),
        ({"body_zh": "{days}\n[months]\n{firm}"}, "LET-01", "body_zh", "正文第3段（中文）", "{firm}"),
        ({"body_zh": "{days}\n[months]\n{to.place}"}, "LET-01", "body_zh", "正文第3段（中文）", "{to.place}"),
        ({"body_zh": "{days:>99999999}\n[months]"}, "LET-01", "body_zh", "正文第1段（中文）", "{days!:>99999999}"),
        ({"body_zh": "{days!r}\n[months]"}, "LET-01", "body_zh", "正文第1段（中文）", "{days!r:}"),
        ({"body_zh": "{}{days}\n[months]"}, "LET-01", "body_zh", "正文第1段（中文）", "{}"),
        ({"body_zh": "{days\n[months]"}, "LET-01", "body_zh", "正文第1段（中文）", "{{days}"),
        ({"body_zh": "{days}"}, "LET-03", "body_zh", "正文（中文）", "—"),
        ({"body_zh": "{days}\n[months]\n[months]"}, "LET-03", "body_zh", "正文（中文）", "[months] [months]"),
        ({"body_zh": "{days}\n[years]"}, "LET-03", "body_zh", "正文（中文）", "[years]"),
        ({"body_zh": "{days}\n[months]", "body_en": "{days}\nX\n[months]"}, "LET-04", "body_en", "正文", "段、段、表"),
        ({"body_en": "{days}"}, "LET-03", "body_en", "正文（英文）", "—"),
    ],
)  # fmt: skip
def test_what_drops_or_invents_a_placeholder_or_a_table_is_refused_and_named(
    draft: LettersVersion, administrator: Actor, words: dict[str, str], code: str, field: str, place: str, actual: str
) -> None:
    with pytest.raises(Refused) as refused:
        reword(administrator, draft, **words)
    finding = refused.value.findings[0]
    assert (refused.value.code, finding.code, finding.field, finding.place) == ("LET-06", code, field, place)
    assert (finding.found.zh if isinstance(finding.found, Text) else finding.found) == actual
    draft.refresh_from_db()
    assert draft.overlay == {}


def test_all_that_does_not_fit_is_said_at_once(draft: LettersVersion, administrator: Actor) -> None:
    with pytest.raises(Refused) as refused:
        reword(administrator, draft, title_zh="决定", body_zh="同意")
    assert [finding.code for finding in refused.value.findings] == ["LET-02", "LET-02", "LET-03"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"body_zh": "{days}" + "长" * 10_000}, "body_zh"),
        ({"title_zh": "题" * 200 + "{case}"}, "title_zh"),
        ({"body_zh": "{days}\x00[months]"}, "body_zh"),
        ({"unheard": "of"}, "unheard"),
    ],
)
def test_what_is_too_long_or_cannot_be_printed_is_refused_at_its_field(
    draft: LettersVersion, administrator: Actor, data: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        reword(administrator, draft, **data)
    assert (refused.value.code, refused.value.findings[0].field) == ("ACT-INPUT", field)


def test_a_letter_that_is_not_there_is_refused(draft: LettersVersion, administrator: Actor) -> None:
    with pytest.raises(Refused) as refused:
        perform("office.reword_letter", administrator, draft, {"letter": "cases.unheard_of"})
    assert refused.value.code == "LET-05"


def test_what_is_typed_is_never_a_page_of_its_own(
    client: Client, write: Any, draft: LettersVersion, administrator: Actor, second: Actor, clerk_person: Any
) -> None:
    reword(administrator, draft, body_zh="<script>alert({days})</script>{{days}}\n[months]")
    adopted(draft, administrator, second, TODAY)
    letter = write()
    assert letter.blocks[0]["zh"] == "<script>alert(3)</script>{days}"
    client.force_login(clerk_person)
    page = client.get(letter.get_absolute_url()).content.decode()
    assert "&lt;script&gt;alert(3)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_blank_english_speaks_chinese_and_blank_chinese_is_the_programs(
    draft: LettersVersion, administrator: Actor
) -> None:
    reword(administrator, draft, title_zh="{case}：决定")
    letter = draft.letter(CODE).template
    assert letter.title == Text("{case}：决定", "{case}：决定")
    assert letter.body == shipped(CODE).template.body
    reword(administrator, draft, title_en="On {case}")
    assert draft.letter(CODE).template.title == Text("关于{case}的决定", "On {case}")
    form = standing(draft, {"letter": CODE})
    assert form["body_zh"] == "你单位申请停运{days}天，现予同意。\n# 一、明细\n[months]"
    reword(administrator, draft)
    assert draft.overlay == {}
    reword(administrator, draft, **standing(draft, {"letter": CODE}))
    assert draft.overlay == {}  # what the program says is no wording of one's own


def test_what_a_later_release_no_longer_has_leaves_the_letter_as_the_program_brings_it(draft: LettersVersion) -> None:
    draft.overlay = {CODE: {"title_zh": "{gone}"}, "cases.unheard_of": {"title_zh": "x"}}
    assert draft.letter(CODE) == shipped(CODE)
    assert set(draft.content) == set(letter_codes())


def test_before_and_after_stand_beside_the_decision_with_the_letter_as_it_goes_out(
    draft: LettersVersion, administrator: Actor, second: Actor
) -> None:
    reword(administrator, draft, letter="finance.returned", title_zh="退回{name}申报材料的通知")
    for act, data in (
        ("office.adopt_letters", {"since": SINCE, "remark": "agreed"}),
        ("office.take_earlier_letters", {"number": 0}),
    ):
        trial = preview(ACTIONS[act], administrator, draft, data)
        (records,) = [part.records for part in trial.parts if part.template == "cases/rewording.html"]
        titles = [Text("关于退回{name}申报材料的通知", "Application returned: {name}"),
                  Text("退回{name}申报材料的通知", "退回{name}申报材料的通知")]  # fmt: skip
        ((_, before, after),) = records[0].places
        assert [before, after] == (titles if act == "office.adopt_letters" else titles[::-1])
    assert records[0].sample.paper.title.zh == "关于退回示例光热项目申报材料的通知"
    draft.refresh_from_db()
    assert "finance.returned" in draft.overlay  # a preview changes nothing


def test_an_earlier_wording_is_taken_again_by_a_new_version(
    draft: LettersVersion, administrator: Actor, second: Actor
) -> None:
    reword(administrator, draft, **NEW)
    adopted(draft, administrator, second, TODAY)
    following = perform("office.draft_letters", administrator).result
    assert following.overlay == draft.overlay
    perform("office.take_earlier_letters", administrator, following, {"number": 0})
    adopted(following, administrator, second)
    assert letter_on(CODE, TODAY) == (1, draft.letter(CODE))
    assert letter_on(CODE, SINCE) == (2, shipped(CODE))


def test_two_administrators_adopt_and_who_saw_an_older_draft_looks_again(
    draft: LettersVersion, administrator: Actor
) -> None:
    seen = draft.revision
    reword(administrator, draft, **NEW)
    with pytest.raises(Refused) as refused:
        perform("office.reword_letter", administrator, draft, NEW, seen=seen)
    assert refused.value.code == "ACT-STALE"
    proposal = perform("office.adopt_letters", administrator, draft, {"since": SINCE, "remark": "agreed"}).proposal
    with pytest.raises(Refused) as refused:
        decide(proposal, administrator, True, "myself")
    assert refused.value.code in {"ACT-SELF", "ACT-ROLE"}


@pytest.mark.parametrize("who", ["clerk", "officer", "director", "verifier", "stranger"])
def test_only_an_administrator_words_letters(draft: LettersVersion, who: str, request: Any) -> None:
    for act, subject, data in (("office.draft_letters", None, None), ("office.reword_letter", draft, NEW)):
        with pytest.raises(Refused) as refused:
            perform(act, request.getfixturevalue(who), subject, data)
        assert refused.value.code in {"ACT-ROLE", "ACT-SCOPE"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_administrators_read_and_change_letters_on_pages(client: Client, world: Any, language: str) -> None:
    administrator = factories.person("keeper", ("administrator", None), password=factories.PASSWORD)
    draft = perform("office.draft_letters", actor_of(administrator)).result
    client.cookies["django_language"] = language
    client.force_login(administrator)
    assert "/letters/wording/finance.entered/" in client.get("/cases/letters/wording/").content.decode()
    assert "示例光热项目" in client.get("/cases/letters/wording/finance.entered/").content.decode()
    assert client.get("/cases/letters/wording/finance.unheard_of/").status_code == 404
    page = client.get(draft.get_absolute_url()).content.decode()
    assert f"/presentation/act/office.reword_letter/{draft.pk}/?letter=finance.entered" in page
    form = client.get(f"/presentation/act/office.reword_letter/{draft.pk}/", {"letter": "finance.entered"})
    assert "关于{name}纳入气候投融资项目库的通知" in form.content.decode()
    client.force_login(factories.person("nosy", ("enterprise_filer", world.plant), password=factories.PASSWORD))
    for address in ("/cases/letters/wording/", "/cases/letters/wording/finance.entered/", draft.get_absolute_url()):
        assert client.get(address).status_code == 404


def test_a_body_is_read_part_by_part() -> None:
    assert read_body(" # 一、标题 \n\n[表]\n#\n[ ]\n段") == [
        ("heading", "一、标题"), ("table", "表"), ("paragraph", "#"), ("paragraph", "[ ]"), ("paragraph", "段"),
    ]  # fmt: skip
