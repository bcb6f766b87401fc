"""Sectors are declared: whoever works with enterprises asks their guideline, and knows no industry by name."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import tanzhi
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import SECTORS, accounting, guidelines_in, industries, sector_name
from tanzhi.rulebook.kernel import Guideline, Industry, Level, Parameters, Text
from tanzhi.rulebook.kernel.rules import GuidelineFault

SOURCE = Path(tanzhi.__file__).parent
OWN = ("rulebook/accounting/", "rulebook/allocation/", "examples/")
"""Where the law of an industry and the example stand."""
REMAINING = {
    "organisations/register/membership.py": "the market's list of power; markets become data with their plans",
    "streams/market/": "allocates by the plan of power: those of other industries come with the run for several",
}


def knowing(name: str) -> Iterator[tuple[str, int]]:
    """Modules and lines that name an industry: as a word of its own, as a form's beginning, by an import."""
    for path in sorted(SOURCE.rglob("*.py")):
        module = path.relative_to(SOURCE).as_posix()
        if module.startswith(OWN) or "/migrations/" in module:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            imported = node.module or "" if isinstance(node, ast.ImportFrom) else ""
            variable = node.id if isinstance(node, ast.Name) else ""
            named = text == name or text.startswith(f"{name}.") or variable in (name.upper(), f"{name.upper()}_MARKET")
            if named or name in imported.split("."):
                yield module, getattr(node, "lineno", 0)


@pytest.mark.parametrize("name", sorted(industries()))
def test_no_module_knows_an_industry_by_name(name: str) -> None:
    units = "presentation/intake/units.py"  # MW is a unit of power, the quantity
    branches = "rulebook/inventory/waste/industrial_water.py"  # whose waste water an inventory counts
    found = {module for module, _ in knowing(name)} - {units, branches}
    assert sorted(module for module in found if not module.startswith(tuple(REMAINING))) == []


def test_what_is_left_to_do_still_names_an_industry() -> None:
    found = {module for name in industries() for module, _ in knowing(name)}
    assert [place for place in REMAINING if not any(module.startswith(place) for module in found)] == []


@pytest.mark.django_db  # names are an installation's
def test_a_sector_has_a_name_and_the_guideline_of_its_industry() -> None:
    for name, industry in industries().items():
        chosen = accounting(Organisation(sector=industry.sector, guideline=name))
        assert chosen is not None
        assert chosen.name == name
        alone = guidelines_in(industry.sector) == [name]
        blank = accounting(Organisation(sector=industry.sector))
        assert (blank is not None) == alone
    assert accounting(Organisation(sector="nobody's")) is None
    assert (sector_name("power").zh, sector_name("unheard of").zh) == ("发电", "unheard of")
    assert {industry.sector for industry in industries().values()} <= set(SECTORS)


def guideline(**declared: str) -> Guideline:
    made_up = Guideline(
        "made_up",
        title=Text("示例", "Made up"),
        levels={"enterprise": "enterprises", "line": Level("lines", Text("线", "Line"))},
        parameters=Parameters({}),
        industry=Industry(
            "made_up", Text("示例", "Made up"), **({"total": "emission", "unit_total": "line_emission"} | declared)
        ),
    )

    @made_up.input("t", level="line", label=Text("用量", "Used"), form="month")
    def used() -> None:
        """Used (用量)."""

    @made_up.quantity("t", level="line", label=Text("线排放", "Line"))
    def line_emission(used):  # type: ignore[no-untyped-def]  # a rule
        return used

    @made_up.quantity("t", level="enterprise", label=Text("排放", "Emission"))
    def emission(line_emission):  # type: ignore[no-untyped-def]  # a rule
        return line_emission

    return made_up


def test_an_industry_that_its_guideline_has_is_accepted() -> None:
    assert guideline(used="used", output="used").seal().unit_level == "line"


@pytest.mark.parametrize(
    "declared",
    [
        {"total": "line_emission"},  # of another level
        {"unit_total": "emission"},
        {"total": "unheard_of"},
        {"output": "emission"},  # no input
        {"used": "unheard_of"},
    ],
)
def test_an_industry_that_declares_what_its_guideline_has_not_is_refused(declared: dict[str, str]) -> None:
    with pytest.raises(GuidelineFault, match=next(iter(declared.values()))):
        guideline(**declared).seal()
