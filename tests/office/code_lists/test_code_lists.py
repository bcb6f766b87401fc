"""Lists of codes as an installation has them: two administrators, from a day on, no entry that is used ever removed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from tanzhi.actions.registry import ACTIONS, Actor, Refused, decide, perform
from tanzhi.office.code_lists.pages import standing
from tanzhi.office.code_lists.preview import changed
from tanzhi.organisations.code_lists import LISTS, ListChanges
from tanzhi.organisations.lists_version import ListsVersion
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import SECTORS, industries, sector_name
from tanzhi.presentation.forms.preview import preview
from tanzhi.rulebook.kernel import guidelines
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import TOPICS
from tests import factories

pytestmark = pytest.mark.django_db
TODAY, SINCE = date(2024, 7, 16), date(2024, 8, 1)
GLASS = {"list": "organisations.sectors", "code": "glass", "zh": "玻璃", "en": "Glass"}
PAPER = {"list": "organisations.sectors", "code": "paper", "zh": "造纸", "en": "Paper", "standing": "retired"}


@pytest.fixture(autouse=True)
def today(settings: Any) -> None:
    settings.TANZHI_TODAY = TODAY.isoformat()


@pytest.fixture(autouse=True)
def lists_of_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """An industry of every listed sector is computed: what may happen to another one is tried as if paper were it.

    Sectors that only a guideline declares come after those of the file and are left out here.
    """
    listed = {"power", "chemical", "petrochemical", "building_materials", "steel", "non_ferrous"}
    for name, industry in industries().items():
        if industry.sector not in listed:
            monkeypatch.delitem(guidelines(), name)


@pytest.fixture
def second(world: Any) -> Actor:
    return actor_of(factories.person("second_administrator", ("administrator", None)))


@pytest.fixture
def draft(administrator: Actor) -> ListsVersion:
    version: ListsVersion = perform("office.draft_lists", administrator).result
    return version


def add(administrator: Actor, version: ListsVersion, **data: str) -> None:
    perform("office.add_entry", administrator, version, {**GLASS, **data})
    version.refresh_from_db()


def alter(administrator: Actor, version: ListsVersion, **data: str) -> None:
    perform("office.change_entry", administrator, version, {**PAPER, **data})
    version.refresh_from_db()


def adopted(version: ListsVersion, administrator: Actor, second: Actor, since: date = SINCE) -> ListsVersion:
    proposal = perform("office.adopt_lists", administrator, version, {"since": since, "remark": "agreed"}).proposal
    decide(proposal, second, True, "agreed")
    version.refresh_from_db()
    return version


def enterprise(world: Any, administrator: Actor, code: str, sector: str) -> Organisation:
    data = {"code": code, "zh": "某厂", "en": "A plant", "kind": "enterprise", "region": world.city.code}
    act = perform("organisations.register", administrator, data={**data, "sector": sector, "since": TODAY})
    plant: Organisation = act.result
    return plant


def test_an_entry_is_added_from_a_day_on_and_forms_take_it_from_then(
    world: Any, draft: ListsVersion, administrator: Actor, second: Actor, settings: Any
) -> None:
    add(administrator, draft, after="chemical")
    assert "glass" not in SECTORS  # a draft changes nothing
    adopted(draft, administrator, second)
    assert "glass" not in SECTORS  # nor does what comes into force later
    with pytest.raises(Refused) as refused:
        enterprise(world, administrator, "G1", "glass")
    assert (refused.value.code, refused.value.findings[0].code) == ("ACT-INPUT", "VAL-OPTION")
    settings.TANZHI_TODAY = SINCE.isoformat()
    assert list(SECTORS)[1:5] == ["petrochemical", "chemical", "glass", "building_materials"]
    assert enterprise(world, administrator, "G1", "glass").sector == "glass"
    assert enterprise(world, administrator, "G2", "玻璃").sector == "glass"  # by its name as well


def test_a_retired_entry_is_offered_no_more_and_who_bears_it_keeps_its_name(
    world: Any, draft: ListsVersion, administrator: Actor, second: Actor
) -> None:
    plant = enterprise(world, administrator, "P1", "paper")
    alter(administrator, draft)
    adopted(draft, administrator, second, TODAY)
    with pytest.raises(Refused) as refused:
        enterprise(world, administrator, "P2", "paper")
    finding = refused.value.findings[0]
    assert (finding.code, finding.field) == ("VAL-OPTION", "sector")
    assert "paper" not in SECTORS.offered
    plant.refresh_from_db()
    assert sector_name(plant.sector) == Text("造纸", "Paper")
    following = perform("office.draft_lists", administrator).result
    alter(administrator, following, standing="in_use")
    assert following.overlay == {}
    adopted(following, administrator, second, TODAY)
    assert enterprise(world, administrator, "P2", "paper").sector == "paper"


def test_an_entry_is_renamed_and_moved_and_blank_english_speaks_chinese(
    draft: ListsVersion, administrator: Actor, second: Actor
) -> None:
    alter(administrator, draft, code="power", zh="火力发电", en="", standing="in_use", after="paper")
    adopted(draft, administrator, second, TODAY)
    assert sector_name("power") == Text("火力发电", "火力发电")
    assert list(SECTORS)[-2:] == ["paper", "power"]
    following = perform("office.draft_lists", administrator).result
    alter(administrator, following, code="power", zh="发电", en="Power", standing="in_use", after="_first")
    assert next(iter(following.content["organisations.sectors"])).words == Text("发电", "Power")


@pytest.mark.parametrize(
    ("act", "data", "code", "field"),
    [
        ("add_entry", {"list": "unheard.of"}, "LST-01", "list"),
        ("add_entry", {"list": "policy.pilot_kinds", "code": "a_very_long_code"}, "LST-02", "code"),
        ("add_entry", {"code": "paper"}, "LST-03", "code"),
        ("add_entry", {"after": "unheard_of"}, "LST-04", "after"),
        ("add_entry", {"after": "glass"}, "LST-04", "after"),
        ("add_entry", {"zh": "造纸"}, "LST-06", "zh"),
        ("add_entry", {"en": "PAPER"}, "LST-06", "en"),
        ("add_entry", {"zh": "power"}, "LST-06", "zh"),
        ("change_entry", {"code": "unheard_of"}, "LST-04", "code"),
        ("change_entry", {"code": "power", "zh": "发电"}, "LST-05", "standing"),
        ("change_entry", {"list": "policy.topics", "code": "finance", "zh": "气候投融资"}, "LST-05", "standing"),
    ],
)
def test_what_does_not_fit_is_refused_at_its_field(
    draft: ListsVersion, administrator: Actor, act: str, data: dict[str, str], code: str, field: str
) -> None:
    before = GLASS if act == "add_entry" else PAPER
    with pytest.raises(Refused) as refused:
        perform(f"office.{act}", administrator, draft, {**before, **data})
    assert (refused.value.code, refused.value.findings[0].field) == (code, field)
    draft.refresh_from_db()
    assert draft.overlay == {}


def test_a_list_keeps_an_entry_in_use(draft: ListsVersion, administrator: Actor) -> None:
    exits = list(LISTS["finance.exits"].items())
    for code, words in exits[:-1]:
        alter(administrator, draft, list="finance.exits", code=code, zh=words.zh, en=words.en)
    with pytest.raises(Refused) as refused:
        alter(administrator, draft, list="finance.exits", code=exits[-1][0], zh=exits[-1][1].zh)
    assert refused.value.code == "LST-07"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"zh": "长" * 10_000}, "zh"),
        ({"code": "x" * 10_000}, "code"),
        ({"code": "Glass"}, "code"),
        ({"code": "glass works"}, "code"),
        ({"code": "_first"}, "code"),
        ({"code": "<b>"}, "code"),
        ({"zh": "玻\x00璃"}, "zh"),
        ({"zh": ""}, "zh"),
    ],
)
def test_what_is_too_long_or_no_code_is_refused_at_its_field(
    draft: ListsVersion, administrator: Actor, data: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        add(administrator, draft, **data)
    assert (refused.value.code, refused.value.findings[0].field) == ("ACT-INPUT", field)


def test_a_code_is_its_entrys_for_good_though_it_is_retired(
    draft: ListsVersion, administrator: Actor, second: Actor
) -> None:
    add(administrator, draft)
    adopted(draft, administrator, second, TODAY)
    following = perform("office.draft_lists", administrator).result
    alter(administrator, following, **GLASS)
    adopted(following, administrator, second, TODAY)
    last = perform("office.draft_lists", administrator).result
    with pytest.raises(Refused) as refused:
        add(administrator, last, zh="别名", en="Other")
    assert refused.value.code == "LST-03"


def test_an_earlier_version_taken_again_retires_what_came_after_it(
    world: Any, draft: ListsVersion, administrator: Actor, second: Actor
) -> None:
    add(administrator, draft)
    adopted(draft, administrator, second, TODAY)
    plant = enterprise(world, administrator, "G1", "glass")
    following = perform("office.draft_lists", administrator).result
    perform("office.take_earlier_lists", administrator, following, {"number": 0})
    following.refresh_from_db()
    adopted(following, administrator, second, TODAY)
    assert sector_name(plant.sector) == Text("玻璃", "Glass")
    assert "glass" in SECTORS
    assert "glass" not in SECTORS.offered


def test_what_a_later_release_needs_is_in_use_whatever_was_retired_before() -> None:
    retired = {code: {"zh": words.zh, "en": words.en, "retired": True} for code, words in TOPICS.items()}
    entries = TOPICS.entries(ListChanges.model_validate({"entries": retired}))
    assert {entry.code for entry in entries if not entry.retired} == TOPICS.needed


def test_before_and_after_stand_beside_the_decision_with_the_records_that_bear_the_code(
    world: Any, draft: ListsVersion, administrator: Actor
) -> None:
    plant = enterprise(world, administrator, "P1", "paper")
    trial = preview(ACTIONS["office.change_entry"], administrator, draft, PAPER)
    (records,) = [part.records for part in trial.parts if part.template == "cases/changed_entries.html"]
    (row,) = records
    assert (row.before.retired, row.after.retired, row.used, row.records) == (False, True, 1, [plant])
    draft.refresh_from_db()
    assert draft.overlay == {}  # a preview changes nothing
    add(administrator, draft, after="_first")
    trial = preview(ACTIONS["office.adopt_lists"], administrator, draft, {"since": SINCE, "remark": "agreed"})
    (records,) = [part.records for part in trial.parts if part.template == "cases/changed_entries.html"]
    (row,) = records  # what only makes room is not named
    assert (row.before, row.after.code, row.places) == (None, "glass", (0, 1))
    alter(administrator, draft, standing="in_use", after="power")
    moved = [(each.after.code, each.places) for each in changed(ListsVersion(number=0), draft) if each.after]
    assert moved == [("glass", (0, 1)), ("paper", (7, 3))]


def test_the_form_of_a_change_begins_with_what_the_draft_has(draft: ListsVersion, administrator: Actor) -> None:
    alter(administrator, draft)
    named = {"list": "organisations.sectors", "code": "paper"}
    assert standing(draft, named) == {"zh": "造纸", "en": "Paper", "standing": "retired"}
    assert standing(draft, {"list": "unheard.of", "code": "paper"}) == {}
    assert [row.after.code for row in changed(ListsVersion(number=0), draft) if row.after] == ["paper"]


def test_two_administrators_adopt_and_who_saw_an_older_draft_looks_again(
    draft: ListsVersion, administrator: Actor
) -> None:
    seen = draft.revision
    add(administrator, draft)
    with pytest.raises(Refused) as refused:
        perform("office.change_entry", administrator, draft, PAPER, seen=seen)
    assert refused.value.code == "ACT-STALE"
    proposal = perform("office.adopt_lists", administrator, draft, {"since": SINCE, "remark": "agreed"}).proposal
    with pytest.raises(Refused) as refused:
        decide(proposal, administrator, True, "myself")
    assert refused.value.code in {"ACT-SELF", "ACT-ROLE"}


@pytest.mark.parametrize("who", ["clerk", "officer", "director", "verifier", "stranger"])
def test_only_an_administrator_changes_lists(draft: ListsVersion, who: str, request: Any) -> None:
    for act, subject, data in (("office.draft_lists", None, None), ("office.add_entry", draft, GLASS)):
        with pytest.raises(Refused) as refused:
            perform(act, request.getfixturevalue(who), subject, data)
        assert refused.value.code in {"ACT-ROLE", "ACT-SCOPE"}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_administrators_read_and_change_lists_on_pages(
    client: Client, world: Any, administrator: Actor, second: Actor, language: str
) -> None:
    keeper = factories.person("keeper", ("administrator", None), password=factories.PASSWORD)
    draft = perform("office.draft_lists", administrator).result
    add(administrator, draft, zh="<script>玻璃</script>")
    client.cookies["django_language"] = language
    client.force_login(keeper)
    page = client.get(draft.get_absolute_url()).content.decode()
    assert "&lt;script&gt;玻璃&lt;/script&gt;" in page
    assert "<script>玻璃" not in page
    assert f"/presentation/act/office.change_entry/{draft.pk}/?list=organisations.sectors&amp;code=glass" in page
    assert "glass" not in client.get("/cases/lists/").content.decode()
    adopted(draft, administrator, second, TODAY)
    assert "glass" in client.get("/cases/lists/").content.decode()
    form = client.get("/presentation/act/organisations.register/").content.decode()
    assert '<option value="glass"' in form
    client.force_login(factories.person("nosy", ("enterprise_filer", world.plant), password=factories.PASSWORD))
    for address in ("/cases/lists/", draft.get_absolute_url()):
        assert client.get(address).status_code == 404


def test_every_list_has_room_for_its_codes_and_needs_codes_that_it_has() -> None:
    for every in LISTS.values():
        longest = min(use.longest for use in every.uses)
        assert all(len(code) <= longest for code in every.shipped), every.code
        assert every.needed <= set(every.shipped), every.code
        words = [word.casefold() for text in every.shipped.values() for word in {text.zh, text.en}]
        assert len(set(words)) == len(words), every.code
