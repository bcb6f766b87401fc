"""A computed record of any room can be walked down by references alone."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tanzhi.figures import Fact, Ref, Unanswerable, explain
from tanzhi.figures.calculated import Calculation, calculated_node, calculation_ref
from tanzhi.figures.lineage import PROVIDERS, explains
from tanzhi.figures.readers import RULES
from tanzhi.rulebook.accounting.power import power
from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.text import same

KIND = "made.up"
RECORD = {
    "enterprise": "X",
    "units": [
        {
            "unit": "1",
            "months": [
                {
                    "month": "2023-06",
                    "fuels": [{"fuel": "diesel", "fuel_consumption": "10.00", "net_calorific_value": "42.652"}],
                }
            ],
        }
    ],
}


@pytest.fixture
def made_up():
    root = evaluate(power, 2023, RECORD)

    @explains(KIND, rule=lambda ref, viewer: ref.name == "1")
    def found(ref):
        return Calculation(root, facts=lambda path: (Fact(Text("路径", "Path"), same(path)),), stored_release="another")

    yield root
    del PROVIDERS[KIND], RULES[KIND]


def test_a_walk_goes_from_the_total_to_the_filed_number_by_references(made_up):
    node = explain(calculation_ref(KIND, 1, made_up.value("enterprise_emission")))
    assert node.value is not None
    seen = [node]
    while node.parts_count and node.parts:
        followed = next((part for part in node.parts if part.ref and part.parts_count), None)
        if followed is None:
            break
        node = explain(followed.ref)
        seen.append(node)
    assert seen[-1].facts[-1].words.en.startswith("units[1].months[2023-06].fuels[diesel].")


def test_a_place_is_told_in_words(made_up):
    fuel = made_up.children[0].children[0].children[0]
    node = explain(calculation_ref(KIND, 1, fuel.value("combustion_emission")))
    assert "June 2023" in node.detail.en
    assert "2023年6月" in node.detail.zh
    assert "Diesel" in node.detail.en
    # 10 t × 42.652 GJ/t × 0.02020 tC/GJ × 98 % × 44/12, by hand
    assert node.value == Decimal("30.96")


def test_results_of_another_release_say_so(made_up):
    node = explain(calculation_ref(KIND, 1, made_up.value("enterprise_emission")))
    assert any(mark.kind == "release" for mark in node.marks)


def test_a_kept_result_says_what_it_was_where_today_s_rules_give_another_value(made_up):
    place = "units[1].months[2023-06].fuels[diesel]"
    ref = Ref(KIND, "1")
    kept = Calculation(
        made_up,
        stored_release="another",
        results={(place, "combustion_emission"): "31.00"},
        place=place,
        name="combustion_emission",
    )
    (mark,) = [mark for mark in calculated_node(ref, kept).marks if mark.kind == "release"]
    assert mark.text.en.endswith("; 31.00 then, 30.96 now")
    same_value = replace(kept, results={(place, "combustion_emission"): "30.96"})
    (mark,) = [mark for mark in calculated_node(ref, same_value).marks if mark.kind == "release"]
    assert "then" not in mark.text.en


def test_a_hidden_record_and_a_wrong_place_are_refused_alike_by_code(made_up):
    for words, code in (
        ({"at": "", "name": "enterprise_emission"}, "ACT-SCOPE"),
        ({"at": "units[9]", "name": "unit_emission"}, "FIG-PLACE"),
        ({"at": "", "name": "nothing"}, "FIG-PLACE"),
    ):
        name = "2" if code == "ACT-SCOPE" else "1"
        with pytest.raises(Unanswerable) as refused:
            explain(Ref(KIND, name, words))
        assert refused.value.code == code
