"""Who may read a figure, and what of its parts: whole for whoever prepares it, as it was published for all others."""

from decimal import Decimal

import pytest

from tanzhi.figures import publication
from tanzhi.figures.answers import Part, group, ratio, sum_of
from tanzhi.figures.lineage import explain
from tanzhi.figures.questions import Unanswerable
from tanzhi.figures.registry import figure
from tanzhi.figures.wording import as_text
from tanzhi.rulebook.kernel import Text

pytestmark = pytest.mark.usefixtures("plants")
UNIT = "t"


@pytest.fixture
def publish(monkeypatch):
    def as_printed(value, state="known"):
        monkeypatch.setattr(publication, "PUBLISHED", [lambda code, question: {"value": value, "state": state}])

    return as_printed


def plant(number, value=None, **more):
    return Part(Text(f"{number}号厂", f"Plant {number}"), Decimal(value or number), UNIT, f"plant:{number}", **more)


def summed(parts, title="Sum"):
    """A figure made of these parts; gives its reference."""

    @figure("toy.sum", title=Text(title, title), unit=UNIT, stream="verification")
    def total(question):
        return sum_of(parts, Text("Σ", "Σ"))

    return "figure:toy.sum?period=2023&region=62"


def shown(node):
    return [(part.label.en, part.value) for part in node.parts]


@pytest.mark.parametrize("viewer", ["stranger", "plant 1"])
def test_a_figure_that_is_not_published_is_for_those_alone_who_prepare_it(viewer):
    ref = summed([plant(n) for n in range(1, 6)])
    assert explain(ref, "officer").value == 15
    with pytest.raises(Unanswerable) as refused:
        explain(ref, viewer)
    assert refused.value.code == "FIG-UNPUBLISHED"


def test_a_figure_all_of_whose_parts_one_may_see_tells_nothing_new_and_is_shown():
    node = explain(summed([plant(1, 7)]), "plant 1")
    assert (node.value, shown(node)) == (7, [("Plant 1", 7)])


@pytest.mark.parametrize(
    ("viewer", "parts"),
    [
        ("officer", [("Plant 1", 1), ("Plant 2", 2), ("Plant 3", 3), ("Plant 4", 4), ("Plant 5", 5)]),
        ("plant 1", [("Plant 1", 1), ("4 more, not shown one by one", 14)]),
        ("stranger", [("5 more, not shown one by one", 15)]),
    ],
)
def test_what_one_may_not_see_of_a_published_figure_stands_as_one_sum_with_the_number_of_parts(viewer, parts, publish):
    publish("15")
    assert shown(explain(summed([plant(n) for n in range(1, 6)]), viewer)) == parts


@pytest.mark.parametrize("count", [1, 2, 3])
def test_a_sum_of_fewer_than_three_is_not_told(count, publish):
    publish(str(sum(range(1, count + 1))))
    (rest,) = explain(summed([plant(n) for n in range(1, count + 1)]), "stranger").parts
    assert (rest.value is None, rest.state) == ((True, "withheld") if count < 3 else (False, "known"))


def test_a_plant_s_own_rows_do_not_make_a_group_large_enough(publish):
    """Three trades of one plant are one plant."""
    publish("6")
    trades = group(Text("2号厂", "Plant 2"), [plant(2, n) for n in (1, 2, 3)], UNIT)
    (rest,) = explain(summed([trades]), "stranger", depth=9).parts
    assert (rest.value, rest.parts, "Plant" in rest.label.en) == (None, (), False)


def test_a_part_without_a_record_behind_it_is_for_those_alone_who_prepare_the_figure(publish):
    publish("10")
    parts = [Part(Text(f"{n}号厂", f"Plant {n}"), Decimal(n), UNIT) for n in range(1, 5)]
    assert shown(explain(summed(parts), "stranger")) == [("4 more, not shown one by one", 10)]


@pytest.mark.parametrize(("owed", "withheld"), [(2, True), (4, False)])
def test_numerator_and_denominator_are_sums_over_enough_or_not_told(owed, withheld, publish):
    publish("50.00")

    @figure("toy.rate", title=Text("率", "Rate"), unit="%", stream="verification")
    def rate(question):
        many = [plant(n, 10) for n in range(1, owed + 1)]
        met = group(Text("足额", "met"), many[: owed // 2] * (3 if owed > 2 else 1), UNIT)
        return ratio(met, group(Text("应缴", "owed"), many * (3 if owed > 2 else 1), UNIT), Text("÷", "÷"))

    node = explain("figure:toy.rate?period=2023&region=62", "stranger", depth=9)
    assert [part.state == "withheld" for part in node.parts] == [withheld, withheld]
    assert (node.numbers is None) is withheld
    assert "Plant" not in as_text(node, "en")


def test_a_figure_whose_records_moved_since_is_shown_as_it_was_published(publish):
    publish("14")
    node = explain(summed([plant(n) for n in range(1, 6)]), "stranger", depth=9)
    assert (node.value, node.parts, "as it was published" in node.reason.en) == (14, (), True)
    assert explain(summed([plant(n) for n in range(1, 6)]), "officer").value == 15


def test_a_node_that_is_not_for_the_reader_is_refused_like_one_that_does_not_exist():
    codes = set()
    for ref in ("plant:2", "filing:987654321", "evidence:1"):
        with pytest.raises(Unanswerable) as refused:
            explain(ref, "plant 1") if ref != "filing:987654321" else explain("filing:x", None)
        codes.add(refused.value.code)
    assert codes == {"ACT-SCOPE", "FIG-KIND"}
