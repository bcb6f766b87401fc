"""A new sector is one module and its tables: form, schema, checks, evaluation, explanation and catalogue follow.

Expected numbers by hand. Oven 1, 2024: wheat 100.00 t at 10 % -> 90.000 t dry x 0.41 = 36.90; rye 50.00 t, moisture
blank -> 50.000 x 0.55 = 27.50; together 64.40 x 1.05 (large oven) = 67.62 -> 68 tCO2; nine tenths 61.2 -> 61.
"""

import json
from dataclasses import FrozenInstanceError
from datetime import date
from decimal import Decimal

import jsonschema
import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from tanzhi import rulebook
from tanzhi.rulebook.kernel import (
    FormulaStep,
    Guideline,
    GuidelineFault,
    InputStep,
    Parameters,
    ParameterStep,
    Text,
    catalogue,
    check,
    examine,
    explain,
    explain_text,
    form,
    forms_of,
    guidelines,
    schema,
)
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.release import release

from ..dimensions import prove_dimensions
from .bakery import bakery


def record(**first_flour):
    wheat = {"flour": "wheat", "flour_used": "100.00", "moisture": "10"} | first_flour
    rye = {"flour": "rye", "flour_used": "50.00"}
    return {"ovens": [{"oven": "1", "oven_area": "12.0", "months": [{"month": "2024-03", "flours": [wheat, rye]}]}]}


def oven(year=2024, **first_flour):
    return evaluate(bakery, year, record(**first_flour)).at("oven")[0]


def test_the_law_is_evaluated_with_legal_rounding():
    assert oven().value("oven_emission").number == Decimal(68)
    assert oven().value("oven_emission").raw == Decimal("67.62")
    assert oven().value("allowance").number == Decimal(61)
    assert oven().value("mean_moisture").number == Decimal(10)
    assert oven().value("size").number == "large"


def test_a_rule_that_did_not_exist_yet_says_so():
    before = oven(2022).value("allowance")
    assert before.state == "excluded"
    assert before.reason.en == "Allowance is not in force in 2022"


def test_a_draft_and_a_weak_source_show_on_everything_above():
    assert [(m.kind, m.source) for m in oven(2024).value("allowance").marks if m.kind != "incomplete"] == [
        ("M-med", "baking_factor: Bakers' rule 3 as amended")
    ]
    drafts = evaluate(bakery, 2025, json.loads(json.dumps(record()).replace("2024-03", "2025-03"))).at("oven")[0]
    assert {m.kind for m in drafts.value("allowance").marks} == {"draft", "P"}
    # 90 x 0.6 + 50 x 0.6 = 84; x 1.05 = 88.2 -> 88; x 0.8 = 70.4 -> 70
    assert drafts.value("allowance").number == Decimal(70)


def test_a_year_without_a_parameter_names_it():
    late = evaluate(bakery, 2026, json.loads(json.dumps(record()).replace("2024-03", "2026-03"))).at("oven")[0]
    assert late.value("oven_emission").state == "not_determinable"
    assert late.value("oven_emission").reason.en == "parameter baking_factor for year 2026 (flour=wheat) missing"
    entered = {
        "parameter": "baking_factor",
        "value": "0.7",
        "since": "2026",
        "source": "Notice 7",
        "entered_by": "Li",
        "entered_at": "2026-02-01",
    }
    known = bakery.parameters.with_entries(
        [entered | {"keys": {"flour": "wheat"}}, entered | {"keys": {"flour": "rye"}}]
    )
    again = evaluate(bakery, 2026, late.parent.data, known).at("oven")[0]
    assert again.value("oven_emission").number == Decimal(103)  # (90 + 50) x 0.7 = 98; x 1.05 = 102.9
    assert "entered" in {m.kind for m in again.value("oven_emission").marks}
    assert release(("bakery", known)) != release()
    turned = bakery.parameters.with_entries([entered | {"keys": {"flour": k}} for k in ("rye", "wheat")])
    assert release(("bakery", known)) == release(("bakery", turned))


def test_the_form_is_derived_with_the_keys_of_the_levels_above():
    month = form(bakery, "month", 2024)
    assert forms_of(bakery, 2024) == ["oven", "month"]
    assert [(t.level, t.key.name, [p.name for p in t.parents], [f.name for f in t.fields]) for t in month.tables] == [
        ("oven", "oven", [], []),
        ("month", "month", ["oven"], []),
        ("flour", "flour", ["oven", "month"], ["flour_used", "moisture"]),
    ]
    used = month.table("flour").fields[0]
    assert (used.unit, used.decimals, used.minimum, used.maximum, used.required, used.evidence.zh) == (
        "t",
        2,
        "0",
        "1000",
        True,
        "领料单",
    )
    assert month.table("bakery") is None
    assert json.loads(json.dumps(month.as_dict()))["tables"][2]["key"]["options"]["rye"] == {
        "zh": "黑麦粉",
        "en": "Rye",
    }


def test_what_is_filed_with_no_form_of_its_own_makes_no_form():
    g = Guideline("stall", title=Text("摊", "Stall"), levels={"enterprise": "enterprises"}, parameters=Parameters())

    @g.input("t", level="enterprise", label=Text("面", "Flour"), form="day")
    def flour_used(): ...

    @g.input("t", level="enterprise", label=Text("水", "Water"))
    def water_used(): ...

    @g.quantity("t", level="enterprise", label=Text("团", "Dough"))
    def dough(flour_used, water_used):
        return flour_used + water_used

    assert forms_of(g.seal(), 2024) == ["day"]


def test_a_form_that_is_not_there_is_a_fault():
    with pytest.raises(GuidelineFault, match="no form 'week' in 2024"):
        form(bakery, "week", 2024)


def test_the_schema_admits_what_the_form_admits():
    validator = jsonschema.Draft202012Validator(schema(form(bakery, "month", 2024)))
    flours = [{"flour": "wheat", "flour_used": "1.25", "moisture": ""}]
    good = {"ovens": [{"oven": "1", "months": [{"month": "2024-01", "flours": flours}]}]}
    assert list(validator.iter_errors(good)) == []
    for field, wrong in [
        ("flour_used", "1.255"),
        ("flour_used", "x"),
        ("flour_used", 1.5),
        ("flour", "oats"),
        ("sugar", "1"),
    ]:
        flours[0] = {"flour": "wheat", "flour_used": "1.25"} | {field: wrong}
        assert list(validator.iter_errors(good))
    assert schema(form(bakery, "oven", 2024), "zh")["title"] == "面包房核算指南 2024"
    plates = schema(form(bakery, "oven", 2024))["properties"]["ovens"]["items"]["properties"]
    assert plates["in_use_since"]["pattern"].startswith("^$|")
    assert plates["plate"] == {"title": "Plate", "type": "string"}


def test_a_check_stands_at_its_record_with_found_and_expected_in_both_languages():
    found = check(evaluate(bakery, 2023, record(moisture="25")))
    assert [(f.code, f.place, f.field) for f in found] == [
        ("BAK-1", "ovens[1].months[2024-03].flours[wheat]", "moisture")
    ]
    assert found[0].message.as_dict() == {"zh": "含水率为25.0%，湿度异常", "en": "moisture is 25.0%, which is unusual"}
    assert found[0].expected.en == "below 20%"
    assert found[0].as_dict()["remedy"] == {"zh": "请核对单位", "en": "Check the unit"}


def test_a_check_over_siblings_stands_at_the_child_that_differs():
    jump = [f for f in check(evaluate(bakery, 2024, record(flour_used="300"))) if f.code == "BAK-2"]
    assert [(f.place, f.found.en) for f in jump] == [("ovens[1].months[2024-03].flours[wheat]", "110.70 tCO2")]
    assert jump[0].expected.en == "within 2 times the mean of the others"


def test_a_check_without_fields_stands_where_it_asks():
    rye = [f for f in check(evaluate(bakery, 2024, record())) if f.code == "BAK-3"]
    assert [(f.place, f.found.en, f.severity) for f in rye] == [("ovens[1]", "-", "note")]


def test_a_blank_is_no_finding_of_a_check():
    assert check(evaluate(bakery, 2023, record(moisture=""))) == []


def test_the_trace_walks_down_by_typed_steps_to_parameter_and_input():
    top = explain(oven().value("oven_emission"))
    assert isinstance(top, FormulaStep)
    assert top.symbols == "total(baking_emission) × (100 + oven_loss) ÷ 100"
    assert top.formula == Text(
        "合计(烘焙排放) × (100 + 炉损) ÷ 100", "total(Baking emission) × (100 + Oven loss) ÷ 100"
    )
    assert top.numbers.en == "total(36.90; 27.50) × (100 + 5) ÷ 100"
    assert (top.value, top.raw, top.unit, top.rule.decimals) == (Decimal(68), Decimal("67.62"), "tCO2", 0)
    emission = top.parts[0]
    assert isinstance(emission, FormulaStep)
    assert (emission.argument, emission.value, emission.rule.law) == (
        "baking_emission",
        Decimal("36.90"),
        "Bakers' rule, (2)",
    )
    factor = emission.parts[1]
    assert isinstance(factor, ParameterStep)
    assert (factor.row.source, factor.row.confidence, factor.row.since, factor.row.until) == (
        "Bakers' rule 3",
        "S",
        date(2020, 1, 1),
        date(2024, 12, 31),
    )
    used = emission.parts[0].parts[0]
    assert isinstance(used, InputStep)
    assert used.path == "ovens[1].months[2024-03].flours[wheat].flour_used"
    assert explain(oven().value("size")).option == Text("大", "Large")
    with pytest.raises(FrozenInstanceError):
        top.value = Decimal(0)


def test_a_trace_that_is_cut_says_how_much_lies_below():
    whole, cut = explain(oven().value("oven_emission")), explain(oven().value("oven_emission"), 0)
    assert (cut.parts, cut.parts_count) == ((), 3)  # two flours of one month, and the oven's loss
    assert [part.parts_count for part in explain(oven().value("oven_emission"), 1).parts] == [
        len(part.parts) for part in whole.parts
    ]


def test_a_step_says_under_which_release_it_was_computed():
    node = evaluate(bakery, 2024, record(), release="0+abc").at("oven")[0]
    assert explain(node.value("oven_emission")).release == "0+abc"


def test_the_explanation_reads_as_text_in_both_languages():
    words = explain_text(oven().value("oven_emission"), "en")
    margins = {len(line) - len(line.lstrip()) for line in words.splitlines()}
    assert {0, 2, 4} <= margins  # each step stands further in than what it serves
    assert words.startswith(
        "Oven emission (oven_emission) = 68 tCO2  @ ovens[1]\n    = total(Baking emission) × (100 + Oven loss) ÷ 100\n"
    )
    assert "Moisture (moisture) = blank" in words
    assert "含水率 (moisture) = 未填" in explain_text(oven().value("oven_emission"), "zh", 3)


def test_the_catalogue_holds_all_of_it():
    book = json.loads(json.dumps(catalogue([bakery])))[0]
    assert [(r["name"], r["since"]) for r in book["rules"][-2:]] == [
        ("allowance", "2023-01-01"),
        ("allowance", "2025-01-01"),
    ]
    assert book["rules"][-1]["formula"]["en"] == "Oven emission × 0.8"
    assert [c["code"] for c in book["checks"]] == ["BAK-1", "BAK-2", "BAK-3"]
    assert [p["name"] for p in book["parameters"]] == ["baking_factor", "jump_threshold", "oven_loss"]
    assert book["levels"]["month"] == {"plural": "months", "label": {"zh": "月份", "en": "Month"}}


def test_a_guideline_is_found_wherever_it_is_defined(tmp_path, monkeypatch):
    package = tmp_path / "made_up"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "cakes.py").write_text(
        "from tanzhi.rulebook.kernel import Guideline, Text\n"
        "cakes = Guideline('cakes', title=Text('糕', 'Cakes'), levels={'enterprise': 'enterprises'})\n"
    )
    monkeypatch.setattr(rulebook, "__path__", [str(tmp_path)])
    guidelines.cache_clear()
    try:
        assert [g["name"] for g in catalogue()] == ["cakes"]
        assert guidelines()["cakes"].sealed
    finally:
        guidelines.cache_clear()


def test_the_rulebooks_own_guidelines_are_found_and_the_kernel_is_none():
    guidelines.cache_clear()
    assert "power" in guidelines()


def test_every_rule_of_the_bakery_yields_the_unit_that_it_declares():
    assert prove_dimensions(bakery) == []


def test_rows_of_a_lower_level_have_no_place_at_the_top():
    below = {"months": [{"month": "2024-01", "flours": []}], "flours": [{"flour": "rye", "flour_used": "1"}]}
    found = [(f.code, f.place, f.field) for f in examine(form(bakery, "month", 2024), below)]
    assert found == [("FORM-UNKNOWN", "", "months"), ("FORM-UNKNOWN", "", "flours")]


def test_the_form_names_every_fault_of_a_record():
    faulty = {
        "colour": "blue",
        "ovens": [
            {
                "oven": "1",
                "months": [
                    {"month": "2024-13", "flours": "none"},
                    {"month": "2023-01", "flours": [{"flour": "oats", "flour_used": "-1.234", "moisture": "101"}]},
                    {
                        "month": "2024-01",
                        "flours": [{"flour": "rye", "flour_used": "1,5"}, {"flour": "rye", "flour_used": "NR"}],
                    },
                    {"flours": [{"flour": "rye", "flour_used": "x" * 80}, {}]},
                ],
            }
        ],
    }
    found = [(f.code, f.place, f.field) for f in examine(form(bakery, "month", 2024), faulty)]
    here = "ovens[1].months"
    assert found == [
        ("FORM-UNKNOWN", "", "colour"),
        ("FORM-DATE", f"{here}[2024-13]", "month"),
        ("FORM-TABLE", f"{here}[2024-13]", "flours"),
        ("FORM-PERIOD", f"{here}[2023-01]", "month"),
        ("FORM-OPTION", f"{here}[2023-01].flours[oats]", "flour"),
        ("FORM-DECIMALS", f"{here}[2023-01].flours[oats]", "flour_used"),
        ("FORM-MINIMUM", f"{here}[2023-01].flours[oats]", "flour_used"),
        ("FORM-MAXIMUM", f"{here}[2023-01].flours[oats]", "moisture"),
        ("FORM-NUMBER", f"{here}[2024-01].flours[rye]", "flour_used"),
        ("FORM-REPEATED", f"{here}[2024-01].flours[rye]", "flour"),
        ("FORM-REQUIRED", f"{here}[4]", "month"),
        ("FORM-NUMBER", f"{here}[4].flours[rye]", "flour_used"),
        ("FORM-REQUIRED", f"{here}[4].flours[2]", "flour"),
        ("FORM-REQUIRED", f"{here}[4].flours[2]", "flour_used"),
    ]


def test_words_and_days_are_examined_too():
    plates = form(bakery, "oven", 2024)
    row = {"oven": "1", "oven_area": "3", "plate": [], "in_use_since": "2024-02-30"}
    assert [f.code for f in examine(plates, {"ovens": [row]})] == ["FORM-TEXT", "FORM-DATE"]
    assert examine(plates, {"ovens": [row | {"plate": "A7", "in_use_since": "2024-02-29"}]}) == []
    assert next(f.found.en for f in examine(plates, {"ovens": [row | {"oven_area": Decimal("-1")}]})) == "-1"
    assert examine(plates, {}) == []


def test_what_is_no_record_at_all_is_a_finding():
    assert [(f.code, f.field) for f in examine(form(bakery, "month", 2024), ["x"])] == [("FORM-TABLE", "bakery.month")]
    for rows in ("x", 7, {"oven": "1"}, ["x"], [{"oven": "1"}, 7]):
        found = examine(form(bakery, "month", 2024), {"ovens": rows})
        assert ("FORM-TABLE", "ovens") in [(f.code, f.field) for f in found], rows
    assert evaluate(bakery, 2024, ["x"]).children == []


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4) | st.decimals(),
    lambda x: (
        st.lists(x, max_size=3)
        | st.dictionaries(
            st.sampled_from(["ovens", "oven", "months", "month", "flours", "flour", "flour_used", "moisture", "", " "]),
            x,
        )
    ),
    max_leaves=20,
)


@drawn(JSON)
def test_nothing_that_anybody_files_makes_the_form_raise(filed):
    for finding in examine(form(bakery, "month", 2024), filed):
        assert finding.code.startswith("FORM-")
        assert finding.message.zh
        assert finding.message.en
        json.dumps(finding.as_dict())
    check(evaluate(bakery, 2024, filed))
