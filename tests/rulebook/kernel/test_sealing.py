"""Misuse of the rulebook is told at import time, with the rule's name."""

import re
from datetime import date

import pytest

from tanzhi.rulebook.kernel import Guideline, GuidelineFault, Level, Parameters, Text
from tanzhi.rulebook.kernel.parameter_files import read_file

LABEL = Text("量", "quantity")
TABLE = "name: factor\nlabel: {zh: 因子, en: Factor}\nunit: '1'\nkeys: [KEY]\nvalues: []\n"


def guideline(key=None, **more):
    tables = {p.name: p for p in read_file(TABLE.replace("KEY", key), "t.yaml")} if key else {}
    levels = {"enterprise": "enterprises", "unit": "units", "month": "months"}
    return Guideline(
        "tried", title=LABEL, levels=levels | more.pop("levels", {}), parameters=Parameters(tables), **more
    )


def add(g, function, level="unit", **terms):
    return g.quantity("t", level=level, label=LABEL, **terms)(function)


def refused(g, message):
    with pytest.raises(GuidelineFault, match=re.escape(message)):
        g.seal()


def test_a_misspelt_argument_is_named():
    g = guideline()

    def emission(coul): ...

    add(g, emission)
    refused(g, "'emission' asks for 'coul', which is no rule and no parameter")


def test_a_cycle_is_told_in_full():
    g = guideline()

    def egg(hen): ...

    def hen(egg): ...

    add(g, egg)
    add(g, hen)
    refused(g, "a cycle: egg → hen → egg")


def test_a_cycle_through_a_parameters_key_is_a_cycle():
    g = guideline("kind")

    def kind(factor): ...

    g.choice(level="unit", label=LABEL, options={"a": LABEL})(kind)
    refused(g, "a cycle: kind → factor → kind")


def test_two_rules_of_one_name_and_year_are_refused():
    g = guideline()

    def size(): ...

    add(g, size)
    add(g, size)
    refused(g, "RULE-TWICE: tried: two rules 'size' begin on 0001-01-01")


def test_a_rule_that_ends_before_it_begins_is_refused():
    g = guideline()

    def size_since_2023(): ...

    add(g, size_since_2023, until=2022)
    refused(g, "RULE-ORDER: tried: 'size' ends on 2022-12-31, before it begins on 2023-01-01")


def test_an_argument_that_has_ended_is_named_with_its_year_unless_it_may_be_blank():
    g = guideline()

    def old(): ...

    def needs(old): ...

    add(g, old, until=2022)
    add(g, needs)
    refused(g, "'needs' asks for 'old', which is not in force on 2023-01-01")

    def may(old=None): ...

    g = guideline()
    add(g, old, until=2022)
    add(g, may)
    assert g.seal() is g.seal()


def test_levels_that_lie_beside_each_other_cannot_see_each_other():
    g = guideline(levels={"product": "products", "fuel": "fuels"}, under={"product": "unit", "fuel": "unit"})

    def bread(): ...

    def smoke(bread): ...

    add(g, bread, level="product")
    add(g, smoke, level="fuel")
    refused(g, "'smoke' (level fuel) cannot see 'bread' (level product)")


def test_a_level_that_nobody_declared_is_refused():
    with pytest.raises(GuidelineFault, match="level 'oven' is none of enterprise, unit, month"):
        add(guideline(), lambda: None, level="oven")


@pytest.mark.parametrize(
    ("key", "message"),
    [("kind", "has key 'kind', which is no level or choice"), ("month", "whose key 'month' stands below it")],
)
def test_a_parameter_is_asked_for_only_where_its_keys_are_known(key, message):
    g = guideline(key)

    def emission(factor): ...

    add(g, emission)
    refused(g, message)


def test_a_name_is_a_rule_or_a_parameter_not_both():
    g = guideline("unit")

    def factor(): ...

    add(g, factor)
    refused(g, "'factor' is a rule and a parameter")


def test_a_default_can_only_say_that_something_may_be_blank():
    with pytest.raises(GuidelineFault, match="default of x can only be None"):
        add(guideline(), lambda x=0: x)


def test_an_unknown_rounding_and_an_unknown_severity_are_refused():
    with pytest.raises(GuidelineFault, match="rounding 'up' is none of half_up, floor"):
        add(guideline(), lambda: None, rounding="up")
    with pytest.raises(GuidelineFault, match="severity 'bad' is none of error, question, note"):
        guideline().check("X-1", severity="bad", level="unit", message=LABEL, expected=LABEL)


def test_a_check_names_only_fields_that_it_asks_for():
    g = guideline()

    def fine(): ...

    g.check("X-1", severity="note", level="unit", message=LABEL, expected=LABEL, fields=("size",))(fine)
    refused(g, "check X-1 names field 'size', which it does not ask for")


def test_a_sealed_guideline_takes_no_more_rules():
    with pytest.raises(GuidelineFault, match="tried is sealed: <lambda> comes too late"):
        add(guideline().seal(), lambda: None)


def test_a_level_has_a_label_and_a_place():
    with pytest.raises(GuidelineFault, match="level 'oven' needs a label"):
        guideline(levels={"oven": "ovens"})
    with pytest.raises(GuidelineFault, match="level 'oven' cannot lie under 'kiln'"):
        guideline(levels={"oven": Level("ovens", LABEL)}, under={"oven": "kiln"})
    assert repr(guideline()) == "Guideline('tried')"


def test_the_edition_is_what_was_law_that_year():
    g = guideline()

    def size(): ...

    def size_since_2023(): ...

    add(g, size)
    add(g, size_since_2023, until=2024)
    assert [g.edition(y).get("size") and g.edition(y)["size"].since.year for y in (2022, 2023, 2024, 2025)] == [
        1,
        2023,
        2023,
        None,
    ]
    assert ("size" in g.edition(2024), "size" in g.edition(2025)) == (True, False)
    assert g.boundaries() == [date.min, date(2023, 1, 1), date(2025, 1, 1)]


@pytest.mark.parametrize(
    ("terms", "message"),
    [
        ({"status": "old"}, "'size' has status 'old'"),
        ({"confidence": "sure"}, "'size' has an unknown confidence 'sure'"),
        ({"minimum": 0.5}, "'size' has limit 0.5; it is a decimal in quotes"),
        ({"maximum": "many"}, "'size' has limit 'many'"),
    ],
)
def test_what_a_decorator_is_told_is_proven_too(terms, message):
    g = guideline()

    def size(): ...

    add(g, size, **terms)
    refused(g, message)
    fine = guideline()
    add(fine, size, status="draft", confidence="M-med", minimum="0.5")
    fine.seal()
