from datetime import date
from decimal import Decimal

from tanzhi.figures.nodes import Fact
from tanzhi.figures.rule_nodes import rule_node
from tanzhi.figures.wording import as_text
from tanzhi.rulebook.kernel import Guideline, Text, explain, total
from tanzhi.rulebook.kernel.entries import DatedValue, Parameter
from tanzhi.rulebook.kernel.evaluation import evaluate
from tanzhi.rulebook.kernel.parameters import Parameters
from tanzhi.rulebook.kernel.text import same

WIND = Parameter(
    name="yield_factor",
    label=Text("收率", "Yield factor"),
    unit="t/m3",
    entries=(
        DatedValue(
            keys={}, value=Decimal("0.5"), since=date(2020, 1, 1), source="Decree 1", confidence="M-low", status="draft"
        ),
    ),
)
mill = Guideline(
    "mill",
    title=Text("磨坊", "Mill"),
    levels={"enterprise": "enterprises", "unit": "units"},
    parameters=Parameters({"yield_factor": WIND}),
)


@mill.input("m3", level="unit", decimals=1, label=Text("进料", "Feed"))
def feed():
    """What goes in (进料)."""


@mill.quantity("t", level="unit", decimals=0, label=Text("产出", "Output"), law="Decree 1, (1)")
def output(feed, yield_factor):
    """What comes out (产出)."""
    return feed * yield_factor


@mill.quantity("t", level="enterprise", label=Text("总产出", "Total output"))
def total_output(output):
    """All units (总产出)."""
    return total(output)


def tree():
    # 5.0 × 0.5 = 2.5 → 3 (half up); 3.0 × 0.5 = 1.5 → 2; 3 + 2 = 5
    node = evaluate(mill, 2023, {"units": [{"unit": "1", "feed": "5.0"}, {"unit": "2", "feed": "3.0"}]})
    cell = {"units[1].feed": "进料!B2", "units[2].feed": "进料!B3"}

    def facts(found):
        return (Fact(Text("单元格", "Cell"), same(cell[found["input"]])),) if "input" in found else ()

    return rule_node(explain(node.value("total_output")), lambda found: f"result:1?at={found['place']}", facts)


def test_the_rulebooks_explanation_becomes_nodes_with_formula_and_numbers():
    first = tree().parts[0]
    assert (tree().value, first.value, first.unit) == (5, 3, "t")
    assert first.formula.zh == "进料 × 收率"
    assert first.numbers.en == "5.0 × 0.5"
    assert (first.law, first.rounding.en) == ("Decree 1, (1)", "rounded half up, 0 decimals")


def test_a_parameter_brings_its_source_validity_and_confidence():
    (parameter,) = [n for n in tree().parts[0].parts if n.label.en == "Yield factor"]
    facts = {f.label.en: f.words.en for f in parameter.facts}
    assert facts["Source"] == "Decree 1"
    assert facts["In force"] == "2020-01-01 to now"
    assert facts["Confidence"] == "official text not seen, confidence low"


def test_draft_and_low_confidence_reach_the_top_of_the_tree():
    assert {m.kind for m in tree().marks} == {"draft", "M-low"}


def test_an_input_names_the_cell_it_came_from():
    cells = [f.words.zh for n in tree().walk() for f in n.facts if f.label.en == "Cell"]
    assert cells == ["进料!B2", "进料!B3"]
    assert "单元格: 进料!B2" in as_text(tree(), "zh")
