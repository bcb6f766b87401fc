"""For each language a province of its own: three cities with three years of GDP and energy, a five-year target."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils import timezone

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor
    from tanzhi.organisations.register.model import Region

# whose target is decomposed in which language: a province is told by its readers, so neither finds the other's
PROVINCES = {"zh": "970000", "en": "960000"}
DECLINE = "17"
# 10^4 t and 10^8 yuan of the base year, and what a year after it multiplies them by
CITIES = {"100": ("5200", "3300", "0.99", "1.05"), "200": ("3100", "900", "1.01", "1.06"),
          "300": ("2400", "1500", "1.04", "1.03")}  # fmt: skip
CO2_OF_OIL = Decimal("1.73")  # t for a tonne of standard coal


def base_year() -> int:
    """So that today lies in the period of the target, whenever the journey is made."""
    return timezone.localdate().year - 4


def load(_province: Region, _city: Region) -> None:
    from tanzhi.actions.perform import perform
    from tests import factories

    for language, code in PROVINCES.items():
        own = factories.region(code)
        office = factories.organisation(f"P{code[:2]}", own, "authority")
        officer = _employ(f"intensity_officer_{language}", office, "provincial_officer", "provincial_director")
        _employ(f"intensity_director_{language}", office, "provincial_director")
        for column, (number, amounts) in enumerate(CITIES.items()):
            city = factories.region(f"{code[:3]}{number}", own, row=0, column=column)
            _ledger(officer, city.code, *map(Decimal, amounts))
        bureau = factories.organisation(f"C{code[:2]}", own.children.order_by("code").first(), "authority")
        _employ(f"intensity_city_{language}", bureau, "city_officer")
        told = {"region": code, "base_year": base_year(), "end_year": base_year() + 5, "decline": DECLINE}
        perform("intensity.set_target", officer, data=told | {"source": f"{code}", "published": True})


def _employ(name: str, office: Any, *roles: str) -> Actor:
    from tanzhi.organisations.people.roles import actor_of
    from tests import factories

    return actor_of(factories.person(name, *((role, office) for role in roles), password=factories.PASSWORD))


def _ledger(officer: Actor, code: str, emission: Decimal, gdp: Decimal, *growth: Decimal) -> None:
    """Three years, all of the energy oil, because one fuel is enough for a path."""
    from tanzhi.actions.perform import perform

    told = {"region": code, "vintage": "annual", "source": "统计年鉴 / yearbook", "published": True}
    for year in range(base_year(), base_year() + 3):
        level = {"price_base": base_year(), "year": year, "value": str(gdp.quantize(Decimal("0.01")))}
        perform("intensity.record_gdp", officer, data=told | level)
        burnt = {"year": year, "coal": "0", "gas": "0", "oil": str((emission / CO2_OF_OIL).quantize(Decimal("0.01")))}
        perform("intensity.record_energy", officer, data=told | burnt)
        emission, gdp = emission * growth[0], gdp * growth[1]
