"""A made-up room with two plants of three units each: figure → plant → unit."""

from decimal import Decimal

import pytest

from tanzhi.figures import lineage, publication, registry
from tanzhi.figures.answers import Part, sum_of
from tanzhi.figures.basis import ReleaseBasis
from tanzhi.figures.nodes import LineageNode
from tanzhi.rulebook.kernel import Mark, Text

FIXED = ReleaseBasis("0.1.0+abc", 7, "a91b44d2", "2024-07-01T08:00:00+08:00")
STRANGERS = ("stranger", "plant 1")  # of the second, the filer of the first plant
LOW = Mark("M-low", Text("未查到官方原文，可信度低", "official text not seen, confidence low"), "x")


@pytest.fixture
def plants(monkeypatch):
    """Figure toy.emission over 2 plants × 3 units: unit i of plant p emits 100·p + i; 101+102+103 and 201+202+203."""
    monkeypatch.setattr(registry, "FIGURES", {})
    monkeypatch.setattr(registry, "basis", lambda: FIXED)
    monkeypatch.setattr(lineage, "PROVIDERS", dict(lineage.PROVIDERS))
    monkeypatch.setitem(lineage.RULES, "plant", None)  # taken back with the fixture, like what is registered below

    @registry.figure("toy.emission", title=Text("排放量", "Emission"), unit="t", stream="verification", row=19)
    def emission(question):
        """All plants (全部电厂)."""
        plants = [Part(Text(f"{p}号厂", f"Plant {p}"), Decimal(300 * p + 6), "t", f"plant:{p}") for p in (1, 2)]
        return sum_of(plants, Text("Σ 电厂", "Σ plants"), scope=Text("2 家", "2 plants"))

    monkeypatch.setattr(publication, "prepares", lambda viewer, question: viewer not in STRANGERS)
    monkeypatch.setattr(publication, "PUBLISHED", [])

    @lineage.explains("plant", rule=lambda ref, viewer: viewer not in STRANGERS or viewer == f"plant {ref.name}")
    def plant(ref):
        number = int(ref.name)
        units = tuple(
            LineageNode(
                ref=f"unit:{number}{i}",
                label=Text(f"{i}号机组", f"Unit {i}"),
                value=Decimal(100 * number + i),
                unit="t",
            )
            for i in (1, 2, 3)
        )
        label = Text(f"{number}号厂", f"Plant {number}")
        value = Decimal(300 * number + 6)
        return LineageNode(ref=str(ref), label=label, value=value, unit="t", parts=units, parts_count=3, marks=(LOW,))
