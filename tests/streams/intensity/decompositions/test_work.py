"""Example E13 through the actions: open, compute, sign off by two; the rates become the cities' targets."""

from decimal import Decimal

import pytest

from tanzhi.actions.registry import Refused, decide, perform
from tanzhi.figures import Question, ask, explain
from tanzhi.streams.intensity.decompositions.model import SIGNED
from tanzhi.streams.intensity.targets.model import Target
from tests.streams.intensity.conftest import target

pytestmark = pytest.mark.django_db
GROWTH = {"990100": "5.5", "990200": "6.0", "990300": "6.5", "990400": "5.0"}
WEIGHTS = {"990100": "1.10", "990200": "0.95", "990300": "1.05", "990400": "0.80"}


@pytest.fixture
def opened(cities, officer):
    wanted = target(officer, cities.code, 2020, 2025, "17")
    told = {"target": wanted.pk, "zh": "分解", "en": "Decomposition", "growth": "6"}
    return perform("intensity.open_decomposition", officer, data=told).result


def compute(actor, opened, **more):
    rows = [{"region": code, "growth": GROWTH[code], "weight": WEIGHTS[code]} for code in GROWTH]
    return perform("intensity.compute", actor, opened, {"method": "weighted", "cities": rows} | more).result


def test_the_published_rates_are_those_of_the_example(opened, officer):
    computed = compute(officer, opened)
    assert [str(s.published_percent) for s in computed.shares.all()] == ["19.1", "16.5", "18.2", "13.8"]
    assert computed.computed["published"] == "17.002059"
    assert Decimal(computed.computed["residual"]) == 0


def test_two_people_sign_and_the_cities_hold_their_targets(opened, officer, director):
    compute(officer, opened)
    proposal = perform("intensity.sign_off", officer, opened).proposal
    with pytest.raises(Refused) as refused:
        decide(proposal, officer, True, "myself")
    assert refused.value.code in {"ACT-SELF", "ACT-ROLE"}
    decide(proposal, director, True, "agreed")
    opened.refresh_from_db()
    assert opened.state == SIGNED
    found = Target.objects.filter(region__parent=opened.target.region).order_by("region__path")
    assert [t.decline for t in found] == ["19.1", "16.5", "18.2", "13.8"]
    figure = ask("intensity.city_targets", Question("2024H1", opened.target.region.code))
    assert figure.value == 4
    node = explain(figure.answer.parts[0].ref)
    assert node.value == Decimal("19.1")
    assert "17.002059" in node.facts[-1].words.en


def test_a_signed_decomposition_is_not_computed_again(opened, officer, director):
    compute(officer, opened)
    decide(perform("intensity.sign_off", officer, opened).proposal, director, True, "agreed")
    with pytest.raises(Refused) as refused:
        compute(officer, opened)
    assert refused.value.code == "ACT-STATE"


def test_the_intensity_to_converge_to_is_entered_and_printed_with_the_decomposition(opened, officer):
    computed = compute(officer, opened, method="convergence", common="0.9")
    assert computed.common == "0.9"
    assert "0.9" in computed.method_label.zh
    assert "0.9 t per 10⁴ yuan" in computed.method_label.en
    # exact rates by hand in tests/rulebook/intensity: 16.24, 27.98, 16.57 and none for the city below 0.9
    assert [share.exact_percent.quantize(Decimal("0.01")) for share in computed.shares.all()] == [
        Decimal(rate) for rate in ("16.24", "27.98", "16.57", "0.00")
    ]
    facts = explain(f"intensity.share:{computed.shares.first().pk}", officer).facts
    assert any("0.9 t per 10⁴ yuan" in fact.words.en for fact in facts)


def test_another_method_takes_no_notice_of_it(opened, officer):
    without = [share.published for share in compute(officer, opened).shares.all()]
    assert [share.published for share in compute(officer, opened, common="0.9").shares.all()] == without


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"method": "convergence"}, "INT-20"),
        ({"method": "convergence", "common": "0"}, "ACT-INPUT"),
        ({"method": "convergence", "common": "-0.9"}, "ACT-INPUT"),
        ({"method": "convergence", "common": "1e400"}, "ACT-INPUT"),
        ({"method": "convergence", "common": "9,0"}, "ACT-INPUT"),
        ({"method": "convergence", "common": "4"}, "INT-20"),
        ({"most": "10"}, "INT-10"),
        ({"least": "30", "most": "20"}, "INT-10"),
        ({"cities": [{"region": "980100", "growth": "5", "weight": "1"}]}, "INT-12"),
        ({"cities": [{"region": "990100", "growth": "5", "weight": "-1"}]}, "INT-09"),
    ],
)
def test_an_impossible_plan_is_refused_and_nothing_is_kept(opened, officer, more, code):
    with pytest.raises(Refused) as refused:
        compute(officer, opened, **more)
    assert refused.value.code == code
    opened.refresh_from_db()
    assert opened.state == "draft"
    assert not any(share.published for share in opened.shares.all())


def test_a_city_without_its_base_year_is_named(officer, series):
    wanted = target(officer, series.code, 2020, 2025, "17")
    with pytest.raises(Refused) as refused:
        perform(
            "intensity.open_decomposition", officer, data={"target": wanted.pk, "zh": "分解", "en": "X1", "growth": "6"}
        )
    assert refused.value.code in {"INT-03", "INT-12"}
