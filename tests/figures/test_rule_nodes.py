from datetime import date
from decimal import Decimal

from tanzhi.figures.nodes import Fact
from tanzhi.figures.rule_nodes import step_node
from tanzhi.figures.wording import as_text
from tanzhi.rulebook.kernel import Guideline, InputStep, Text, explain, total
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


def nodes():
    """The nodes of the trace below the total, top first."""
    # 5.0 × 0.5 = 2.5 → 3 (half up); 3.0 × 0.5 = 1.5 → 2; 3 + 2 = 5
    root = evaluate(mill, 2023, {"units": [{"unit": "1", "feed": "5.0"}, {"unit": "2", "feed": "3.0"}]})
    cell = {"units[1].feed": "进料!B2", "units[2].feed": "进料!B3"}
    return [
        step_node(
            step,
            mill,
            f"result:1?at={step.place}",
            (Fact(Text("单元格", "Cell"), same(cell[step.path])),) if isinstance(step, InputStep) else (),
        )
        for step in explain(root.value("total_output")).walk()
    ]


def test_the_rulebooks_trace_becomes_nodes_with_formula_and_numbers():
    top, first, *_ = nodes()
    assert (top.value, top.parts_count, first.value, first.unit) == (5, 2, 3, "t")
    assert first.formula.zh == "进料 × 收率"
    assert first.numbers.en == "5.0 × 0.5"
    assert (first.law, first.rounding.en) == ("Decree 1, (1)", "rounded half up, 0 decimals")
    assert first.detail.zh == "1号机组"


def test_a_parameter_brings_its_source_validity_and_confidence_and_nothing_below():
    parameter = next(n for n in nodes() if n.label.en == "Yield factor")
    facts = {f.label.en: f.words.en for f in parameter.facts}
    assert facts["Source"] == "Decree 1"
    assert facts["In force"] == "2020-01-01 to now"
    assert facts["Confidence"] == "official text not seen, confidence low"
    assert parameter.parts_count == 0


def test_draft_and_low_confidence_reach_the_top_of_the_tree():
    assert {m.kind for m in nodes()[0].marks} == {"draft", "M-low"}


def test_an_input_names_the_cell_it_came_from():
    inputs = [n for n in nodes() if n.label.en == "Feed"]
    assert [f.words.zh for n in inputs for f in n.facts if f.label.en == "Cell"] == ["进料!B2", "进料!B3"]
    assert "单元格: 进料!B2" in as_text(inputs[0], "zh")
