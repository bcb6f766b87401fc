"""The ledger keeps every vintage, chains price bases, and refuses what cannot be compared."""

from decimal import Decimal

import pytest

from tanzhi.actions.registry import Refused, perform
from tanzhi.figures import Question, Unanswerable, ask, explain
from tanzhi.streams.intensity.ledger.change import change
from tanzhi.streams.intensity.ledger.ledger import ledger_of
from tanzhi.streams.intensity.ledger.model import GdpLevel
from tanzhi.streams.intensity.targets.model import Target
from tanzhi.streams.intensity.targets.overview import standing
from tanzhi.streams.intensity.targets.queries import progress, targets_of
from tests.streams.intensity.conftest import energy, gdp, target

pytestmark = pytest.mark.django_db


def test_the_change_of_2022_against_2005_is_that_of_the_reference(series):
    """Example E11: 52.2 % down, chained over four price bases."""
    found = ask("intensity.change", Question("2024H1", series.code))
    assert found.value == Decimal("-52.2")
    assert found.answer.scope.en == "2022 against 2005"


def test_the_walk_leads_to_the_row_of_statistics_and_its_receipt(series):
    node = explain(ask("intensity.change", Question("2024H1", series.code)).ref)
    path = ["intensity_change", "end_intensity", "gdp_growth", "gdp_ratio", "gdp_at_end"]
    node = explain(node.parts[0].ref)
    assert node.value == Decimal("-52.2")
    for name in path[1:]:
        ratio = next((p for p in node.parts if f"name={name}" in p.ref), None) or explain(node.parts[0].ref)
        node = explain(ratio.ref)
        if name not in node.ref:
            node = explain(next(p for p in node.parts if f"name={name}" in p.ref).ref)
    assert [fact.words.en for fact in node.facts][:3] == ["2010", "annual", "test"]
    assert node.parts[0].ref.startswith("entry:")


def test_a_settled_vintage_wins_and_the_flash_stays(series, officer):
    gdp(officer, series.code, 2020, 2022, "9999.00", vintage="flash", published=True)
    assert change(ledger_of(series), 2005, 2022).node.value("intensity_change").number == Decimal("-52.2")
    gdp(officer, series.code, 2020, 2022, "10100.00", vintage="verified", published=True)
    # 1680.7·10/(1900·(3240/1900)(6765/4100)(8840/6800)(10100/9000)) against 8600/1900, by hand: −52.3904 %
    assert change(ledger_of(series), 2005, 2022).node.value("intensity_change").number == Decimal("-52.4")
    assert GdpLevel.objects.filter(region=series, year=2022).count() == 3


def test_a_year_whose_energy_is_only_flash_is_not_published(series, officer):
    gdp(officer, series.code, 2020, 2023, "10500.00")
    energy(officer, series.code, 2023, "1700", vintage="flash")
    assert ask("intensity.change", Question("2024H1", series.code)).answer.scope.en == "2022 against 2005"


def test_a_gap_between_price_bases_is_refused_by_name(officer, province):
    gdp(officer, province.code, 2005, 2005, "1900")
    gdp(officer, province.code, 2010, 2012, "4800")
    energy(officer, province.code, 2005, "860")
    energy(officer, province.code, 2012, "1300")
    with pytest.raises(Refused) as refused:
        change(ledger_of(province), 2005, 2012)
    assert refused.value.code == "INT-03"


@pytest.mark.parametrize(
    ("act", "told", "code"),
    [
        ("record_gdp", {"price_base": 2020, "year": 2019, "value": "1", "vintage": "annual"}, "INT-02"),
        ("record_gdp", {"price_base": 2015, "year": 2019, "value": "0", "vintage": "annual"}, "INT-01"),
        ("record_energy", {"year": 2019, "coal": "0", "oil": "0", "gas": "0", "vintage": "annual"}, "INT-01"),
        ("record_energy", {"year": 2019, "coal": "-1", "oil": "0", "gas": "0", "vintage": "annual"}, "ACT-INPUT"),
        ("set_target", {"base_year": 2005, "end_year": 2030, "decline": "0.65"}, "INT-05"),
        ("set_target", {"base_year": 2030, "end_year": 2005, "decline": "65"}, "INT-05"),
    ],
)
def test_what_the_sheet_refuses_is_refused_by_code(officer, province, act, told, code):
    with pytest.raises(Refused) as refused:
        perform(f"intensity.{act}", officer, data={"region": province.code, "source": "test", **told})
    assert refused.value.code == code


def test_a_transfer_without_its_factor_is_refused(officer, province):
    leg = {"partner": "X", "direction": "import", "electricity": "1"}
    told = {"region": province.code, "year": 2020, "coal": "1", "oil": "0", "gas": "0", "transfers": [leg]}
    with pytest.raises(Refused) as refused:
        perform("intensity.record_energy", officer, data=told | {"vintage": "annual", "source": "test"})
    assert (refused.value.code, refused.value.findings[0].field) == ("INT-07", "transfers")


def test_another_provinces_officer_can_neither_write_nor_walk(series, other_officer):
    with pytest.raises(Refused) as refused:
        gdp(other_officer, series.code, 2020, 2023, "1")
    assert refused.value.code == "ACT-SCOPE"


def test_a_city_that_is_not_published_is_not_explained_to_the_public(cities, officer, city_officer):
    gdp(officer, "990100", 2020, 2021, "3400")
    energy(officer, "990100", 2021, "525")
    ref = "intensity.change:990100-2020-2021?at=&name=intensity_change"
    assert explain(ref, city_officer).value is not None
    with pytest.raises(Unanswerable):
        explain(ref)


def test_progress_takes_the_latest_year_and_lights_up(series, officer):
    """Segment 2020→2022 of example E11 is −1.0784 %, 2021→2022 +3.1321 %: intensity rose, so red."""
    plan = target(officer, series.code, 2020, 2025, "17")
    stood = progress(ledger_of(series), plan, 2023)
    assert (stood.change.exact * 100).quantize(Decimal("0.0001")) == Decimal("-1.0784")
    assert (stood.latest * 100).quantize(Decimal("0.0001")) == Decimal("3.1321")
    assert (stood.due * 100).quantize(Decimal("0.0001")) == Decimal("7.1822")
    assert stood.light == "red"


def test_the_nation_is_quoted_for_the_same_year(series, officer):
    told = {"series": "nation", "zh": "全国", "en": "Nation", "base_year": 2005, "source": "test"}
    for year, figure in ((2021, "-50.8"), (2022, "-51.6"), (2023, "-52.0")):
        perform("intensity.record_reference", officer, data=told | {"year": year, "change": figure})
    assert ask("intensity.national_change", Question("2024H1", series.code)).value == Decimal("-51.6")
    assert ask("intensity.target", Question("2024H1", series.code)).value == Decimal(-65)


def test_an_index_gives_the_level_that_follows_and_growth_is_no_index(officer, series):
    told = {"region": series.code, "price_base": 2020, "year": 2023, "vintage": "annual", "source": "test"}
    kept = perform("intensity.record_index", officer, data=told | {"index": "106.4"}).result
    assert Decimal(kept.value) == Decimal("10703.84")  # 10 060.00 × 1.064
    for index, code in (("6.4", "INT-01"), ("1.064", "INT-01")):
        with pytest.raises(Refused) as refused:
            perform("intensity.record_index", officer, data=told | {"index": index})
        assert refused.value.code == code
    with pytest.raises(Refused) as refused:
        perform("intensity.record_index", officer, data=told | {"year": 2026, "index": "105"})
    assert refused.value.code == "INT-03"


def test_balances_of_different_scope_are_not_compared(officer, series):
    energy(officer, series.code, 2022, "1700", scope="process", vintage="census", published=True)
    with pytest.raises(Refused) as refused:
        change(ledger_of(series), 2005, 2022)
    assert refused.value.code == "INT-06"


def test_what_was_published_is_not_overwritten_without_a_word_why(officer, series):
    told = {"series": "nation", "zh": "全国", "en": "Nation", "base_year": 2005, "year": 2022, "source": "test"}
    perform("intensity.record_reference", officer, data=told | {"change": "-51.6"})
    with pytest.raises(Refused) as refused:
        perform("intensity.record_reference", officer, data=told | {"change": "-51.7"})
    assert refused.value.code == "INT-08"
    perform("intensity.record_reference", officer, data=told | {"change": "-51.7", "correction": "erratum"})
    assert ask("intensity.national_change", Question("2024H1", series.code)).value == Decimal("-51.7")


def test_a_confidential_target_is_for_the_province_s_officials_only(officer, city_officer, other_officer, world):
    told = {"region": world.city.code, "base_year": 2020, "end_year": 2025, "decline": "18", "source": "test"}
    with pytest.raises(Refused) as refused:
        perform("intensity.set_target", officer, data=told | {"confidential": True, "published": True})
    assert refused.value.code == "INT-16"
    held = perform("intensity.set_target", officer, data=told | {"confidential": True}).result
    assert explain(f"intensity.target:{held.pk}", officer).value == 18
    for reader in (city_officer, other_officer, None):
        with pytest.raises(Unanswerable) as refused:
            explain(f"intensity.target:{held.pk}", reader)
        assert refused.value.code == "ACT-SCOPE"  # not even that there is one
    seen = [list(Target.objects.visible_to(reader)) for reader in (officer, city_officer, other_officer)]
    assert seen == [[held], [], []]


def test_a_change_on_flash_data_says_that_it_is_provisional(series, officer):
    gdp(officer, series.code, 2020, 2023, "10500.00", vintage="flash")
    energy(officer, series.code, 2023, "1700", published=True)
    found = ask("intensity.change", Question("2024H1", series.code)).answer
    assert {mark.text.en for mark in found.all_marks if mark.kind == "flash"} == {"rests on flash data: provisional"}
    assert found.parts[0].detail.en == "flash, annual"


@pytest.mark.parametrize(
    ("year", "plan"), [(2025, (2020, 2025)), (2026, (2020, 2025)), (2027, (2025, 2030)), (2030, (2025, 2030))]
)
def test_a_plan_s_target_is_assessed_in_the_year_after_it_ended(year, plan, series, officer):
    """Until the new plan has a year of its own to compare: the example's ledger ends in 2022."""
    target(officer, series.code, 2020, 2025, "17")
    target(officer, series.code, 2025, 2030, "17")
    found = standing(ledger_of(series), targets_of([series])[series.pk], year)
    assert (found.target.base_year, found.target.end_year) == plan
    assert (found.progress is not None) == (plan == (2020, 2025))


def test_without_a_new_plan_too_the_ended_one_is_assessed_once_and_then_leaves(series, officer):
    target(officer, series.code, 2020, 2025, "17")
    seen = {year: standing(ledger_of(series), targets_of([series])[series.pk], year).target for year in (2026, 2027)}
    assert seen[2026] is not None
    assert seen[2027] is None
