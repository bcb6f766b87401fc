"""Soil carbon over a project's life, however it is cut into periods: findings 1.14 by its kind."""

from __future__ import annotations

from decimal import Decimal

import pytest

from tanzhi.rulebook.ccer.afforestation import afforestation
from tanzhi.rulebook.kernel.evaluation import evaluate

LIFE = 40


@pytest.mark.parametrize("length", [1, 3, 5, 8, 20, 40])
def test_the_soil_of_a_life_is_credited_for_twenty_years_however_it_is_cut_into_periods(length: int) -> None:
    """300 ha × 0.5 tC/ha × 20 years × 44/12 = 11 000 tCO2, by hand."""
    credited = Decimal(0)
    for start in range(0, LIFE, length):
        stratum = {
            "stratum": "1", "species": "larch", "area": "300", "volume_at_start": "0", "volume_at_end": "0",
            "soil_gain": "0.5", "years_planted": str(start),
        }  # fmt: skip
        years = min(length, LIFE - start)
        top = evaluate(afforestation, 2026, {"years": str(years), "strata": [stratum]})
        credited += Decimal(str(top.value("soil_removal").number))
    assert credited == pytest.approx(Decimal(11000), abs=Decimal("0.1"))
