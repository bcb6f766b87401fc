import json
from decimal import Decimal

import pytest

from tanzhi.actions.actor import Actor, ActorRole, Place
from tanzhi.figures import lineage
from tanzhi.figures.answers import Part, group, sum_of
from tanzhi.figures.lineage import explain
from tanzhi.figures.nodes import Fact, LineageNode
from tanzhi.figures.questions import Question, Unanswerable
from tanzhi.figures.registry import ask, figure
from tanzhi.figures.wording import as_text, grouped
from tanzhi.rulebook.kernel import Text
from tanzhi.web.lineage.node_json import node_json

pytestmark = pytest.mark.usefixtures("plants")
REF = "figure:toy.emission?period=2023&region=62"


def test_a_figure_is_walked_one_level_unless_more_is_asked():
    node = explain(REF)
    assert node.value == 912  # 306 + 606
    assert [(p.label.en, p.value, len(p.parts), p.expandable) for p in node.parts] == [
        ("Plant 1", 306, 0, True),
        ("Plant 2", 606, 0, True),
    ]


def test_a_figure_is_walked_to_the_end_on_request():
    units = [n for n in explain(REF, depth=9).walk() if n.ref.startswith("unit:")]
    assert [u.value for u in units] == [101, 102, 103, 201, 202, 203]


def test_a_part_can_be_asked_for_by_its_own_reference():
    assert [u.value for u in explain(explain(REF).parts[1].ref).parts] == [201, 202, 203]


def test_a_long_list_comes_in_pages_and_says_how_many_there_are():
    node = explain(REF, start=1, size=1)
    assert [p.label.en for p in node.parts] == ["Plant 2"]
    assert node.parts_count == 2


def test_a_fact_for_those_inside_is_shown_to_nobody_else_here_or_below(monkeypatch):
    monkeypatch.setitem(lineage.RULES, "note", None)
    own = Fact(Text("填报人", "Filed by"), Text("张三", "Zhang San"), inside=Place(organisation_id=7))
    open_to_all = Fact(Text("年份", "Year"), Text("2023", "2023"))

    @lineage.explains("note", rule=lambda _ref, _viewer: True)
    def note(ref):
        below = LineageNode(ref="", label=Text("行", "Row"), value=None, facts=(own,))
        return LineageNode(ref=str(ref), label=Text("注", "Note"), value=None, facts=(own, open_to_all), parts=(below,))

    def facts(viewer):
        return [fact.label.en for node in explain("note:1", viewer).walk() for fact in node.facts]

    assert facts(Actor(1, "clerk", (ActorRole("enterprise_filer", 7),))) == ["Filed by", "Year", "Filed by"]
    assert facts(Actor(2, "clerk", (ActorRole("enterprise_filer", 8),))) == ["Year"]
    assert facts(None) == ["Year"]


def test_a_huge_tree_is_bounded_and_what_is_left_can_still_be_asked_for(monkeypatch):
    monkeypatch.setattr(lineage, "LIMIT", 4)
    node = explain(REF, depth=9)
    assert len(list(node.walk())) <= 1 + 4
    assert [p.expandable for p in node.parts] == [True, True]


def test_rules_release_and_evidence_head_are_printed_with_the_figure():
    facts = {f.label.en: f.words.en for f in explain(REF).facts}
    assert facts == {"Scope": "2 plants", "Rules release": "0.1.0+abc", "Evidence head": "7 entries · a91b44d2"}


def test_the_same_node_goes_out_as_json_with_exact_numbers_as_strings():
    told = json.loads(json.dumps(node_json(explain(REF, depth=2))))
    assert told["value"] == "912"
    assert told["label"] == {"zh": "排放量，2023年", "en": "Emission, 2023"}
    assert [p["value"] for p in told["parts"][0]["parts"]] == ["101", "102", "103"]
    assert told["parts"][0]["marks"][0]["kind"] == "M-low"


@pytest.mark.parametrize(
    ("language", "first", "unit"),
    [("zh", "排放量，2023年: 912 t", "1号机组"), ("en", "Emission, 2023: 912 t", "Unit 1")],
)
def test_the_same_node_goes_out_as_indented_text_in_both_languages(language, first, unit):
    lines = as_text(explain(REF, depth=2), language).splitlines()
    assert lines[0] == first
    assert f"    {unit}: 101 t" in lines


def test_the_value_for_a_page_carries_reference_basis_and_no_float():
    told = ask("toy.emission", Question("2023", "62")).as_dict()
    assert (told["value"], told["ref"], told["row"]) == ("912", REF, 19)
    assert told["basis"]["root"] == "a91b44d2"


@pytest.mark.parametrize("ref", ["figure:none?period=2023", "nothing:1"])
def test_what_is_not_there_is_named_together_with_what_is(ref):
    with pytest.raises(Unanswerable) as refused:
        explain(ref)
    assert refused.value.code in ("FIG-UNKNOWN", "FIG-KIND")
    assert "toy.emission" in refused.value.message.zh or "plant" in refused.value.message.zh


def test_a_second_room_cannot_take_a_figure_of_the_first():
    def other(question):
        raise AssertionError

    other.__module__ = "elsewhere"
    with pytest.raises(ValueError, match="stands already"):
        figure("toy.emission", title=Text("甲", "a"), unit="t", stream="market")(other)


def test_a_state_is_written_in_words_and_never_as_a_zero():
    node = LineageNode(ref="", label=Text("甲", "A"), value=None, unit="t", state="not_determinable")
    assert as_text(node, "en") == "A: not determinable\n"
    assert as_text(node, "zh") == "甲: 无法确定\n"


@pytest.mark.parametrize(
    ("number", "text"), [("95421400", "95,421,400"), ("-1234.50", "−1,234.50"), ("0", "0"), ("0.5291", "0.5291")]
)
def test_numbers_are_written_in_full_with_a_true_minus(number, text):
    assert grouped(Decimal(number)) == text


def test_a_group_s_parts_come_along_because_nothing_else_leads_to_them():
    @figure("toy.grouped", title=Text("台数", "Units"), unit="units", stream="verification")
    def grouped_units(question):
        ones = [Part(Text(f"{n}", f"{n}"), Decimal(1), "units", ref=f"unit:{n}") for n in range(120)]
        return sum_of([group(Text("组", "Group"), ones, "units")], Text("Σ", "Σ"))

    node = explain("figure:toy.grouped?period=2023")
    assert len(node.parts[0].parts) == 120
    assert all(part.ref and not part.parts for part in node.parts[0].parts)
