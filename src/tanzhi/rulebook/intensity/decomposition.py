"""Decomposing a province's target to its cities (目标分解): Σ b_i (1 - d_i) = C, exactly.

Emissions E in 10^4 tCO2, GDP G in 10^8 yuan at one price base, growth and rates as fractions. With
I_0 = ΣE/ΣG and G_T = G (1+growth)^n, the cap is C = I_0 (1-T) ΣG_T and b_i = (E_i/G_i) G_T,i.
Every method ends by a scaling that makes the identity exact; published rates keep the target and store the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext

from tanzhi.rulebook.kernel import Text
from tanzhi.rulebook.kernel.rounding import EXACT

from .fault import IntensityFault
from .published import published_rates

ONE = Decimal(1)
CONVERGENCE = "convergence"
METHODS = {
    "equal": Text("等比例下降", "Equal rate"),
    "weighted": Text("按权重", "By weights"),
    CONVERGENCE: Text("强度趋同", "Convergence"),
}


@dataclass(frozen=True, slots=True)
class CityBase:
    """A city in the base year, with the growth of its GDP assumed for each year, and its weight."""

    code: str
    emission: Decimal
    gdp: Decimal
    growth: Decimal
    weight: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the greatest rate that a city may be given."""

    least: Decimal = Decimal(0)
    most: Decimal = ONE


@dataclass(frozen=True, slots=True)
class Way:
    """How the effort is shared: a method of METHODS, its bounds, and for convergence the intensity to converge to.

    Which intensity that is (I*, tCO2 per 10^4 yuan) is a choice of policy: it is stated, never assumed.
    """

    method: str = "equal"
    bounds: Bounds = field(default_factory=Bounds)
    common: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DecompositionBasis:
    """What follows from the cities and the target before anything is decomposed."""

    intensity: Decimal
    gdp: Decimal
    cap: Decimal
    unchanged: tuple[Decimal, ...]

    @property
    def target_intensity(self) -> Decimal:
        """The province's own intensity once the target is met, tCO2 per 10^4 yuan: for whoever states a common one."""
        with localcontext(EXACT):
            return self.cap / self.gdp

    @property
    def saving(self) -> Decimal:
        """What all cities together must save against their base intensity, 10^4 tCO2."""
        with localcontext(EXACT):
            return _sum(self.unchanged) - self.cap

    def decline(self, rates: Sequence[Decimal]) -> Decimal:
        """The province's decline that city rates give: 1 - Σ b (1-d) / (I_0 ΣG_T)."""
        with localcontext(EXACT):
            emission = _sum(b * (ONE - d) for b, d in zip(self.unchanged, rates, strict=True))
            return ONE - emission / (self.intensity * self.gdp)


@dataclass(frozen=True, slots=True)
class DecompositionResult:
    """Exact and published rates by city, what they leave of the identity, and the province's decline under each."""

    basis: DecompositionBasis
    exact: Mapping[str, Decimal]
    published: Mapping[str, Decimal]
    exact_decline: Decimal
    published_decline: Decimal
    residual: Decimal


_TARGET = Text(
    "目标应在 0 与 1 之间且年数至少为 1：目标 {target}，年数 {years}",
    "expected a target between 0 and 1 over at least one year: found {target} over {years}",
)
_CITIES = Text("市州应至少两个且不重复，现有 {n} 行", "expected at least two cities, each once: found {n} rows")
_POSITIVE = Text(
    "{code}：地区生产总值与排放量应为正数，现为 {gdp} 与 {emission}",
    "{code}: GDP and emission must be positive; found {gdp} and {emission}",
)
_WEIGHT = Text("{code}：权重不得为负，现为 {found}", "{code}: a weight must not be negative; found {found}")
_NO_WEIGHT = Text("权重全部为零", "all weights are zero")


def basis_of(cities: Sequence[CityBase], target: Decimal, years: int) -> DecompositionBasis:
    """Base intensity, GDP of the target year, cap, and each city's emission at unchanged intensity."""
    if not 0 < target < 1 or years < 1:
        raise IntensityFault("INT-05", _TARGET.format(target=target, years=years))
    if len(cities) < 2 or len({city.code for city in cities}) < len(cities):
        raise IntensityFault("INT-12", _CITIES.format(n=len(cities)))
    for city in cities:
        if city.gdp <= 0 or city.emission <= 0:
            raise IntensityFault("INT-01", _POSITIVE.format(code=city.code, gdp=city.gdp, emission=city.emission))
        if city.weight < 0:
            raise IntensityFault("INT-09", _WEIGHT.format(code=city.code, found=city.weight))
    if not any(city.weight for city in cities):
        raise IntensityFault("INT-09", _NO_WEIGHT)
    with localcontext(EXACT):
        grown = [city.gdp * (ONE + city.growth) ** years for city in cities]
        intensity = _sum(c.emission for c in cities) / _sum(c.gdp for c in cities)
        later = _sum(grown)
        unchanged = tuple(c.emission / c.gdp * g for c, g in zip(cities, grown, strict=True))
        return DecompositionBasis(intensity, later, intensity * (ONE - target) * later, unchanged)


def decompose(cities: Sequence[CityBase], target: Decimal, years: int, way: Way) -> DecompositionResult:
    """Rates for every city by a method, within the bounds, with the identity exact."""
    basis = basis_of(cities, target, years)
    rates = _rates(cities, basis, way)
    codes = [city.code for city in cities]
    rounded = published_rates(basis.unchanged, rates, basis.saving)
    with localcontext(EXACT):
        residual = _sum(b * (ONE - d) for b, d in zip(basis.unchanged, rates, strict=True)) - basis.cap
    return DecompositionResult(
        basis,
        dict(zip(codes, rates, strict=True)),
        dict(zip(codes, rounded, strict=True)),
        basis.decline(rates),
        basis.decline(rounded),
        residual,
    )


def exact_rates(cities: Sequence[CityBase], target: Decimal, years: int, way: Way) -> dict[str, Decimal]:
    """The exact rates alone, to set the methods beside each other."""
    rates = _rates(cities, basis_of(cities, target, years), way)
    return dict(zip([city.code for city in cities], rates, strict=True))


_NO_COMMON = Text(
    "强度趋同须填写趋同目标强度（吨二氧化碳/万元，基年价）：由省级决策确定，平台不代为假定",
    "convergence needs the intensity to converge to (tCO2 per 10^4 yuan at prices of the base year): it is a choice of "
    "policy and is not assumed",
)
_COMMON_POSITIVE = Text(
    "趋同目标强度应为正数，现为 {found}", "the intensity to converge to must be positive; found {found}"
)
_COMMON_HIGH = Text(
    "趋同目标强度 {found} 不低于任何市州的基年强度（最高 {highest}）：没有市州承担下降，请填写更低的强度",
    "the intensity to converge to, {found}, is not below that of any city (the highest has {highest}): nobody would "
    "share in the effort; state a lower one",
)
_BOUNDS = Text(
    "上下限应满足 0 ≤ 下限 < 上限 ≤ 1，现为 {least} 与 {most}",
    "bounds must satisfy 0 ≤ least < most ≤ 1; found {least} and {most}",
)
_SHORT = Text(
    "上限 {most} 过低：承担下降的市州全部取上限仍差 {gap} 万吨",
    "the upper bound {most} is too low: with it in every city that shares in it {gap} ×10^4 t are still missing",
)
_OVER = Text(
    "下限 {least} 过高：全部市州取下限已超 {gap} 万吨",
    "the lower bound {least} is too high: with it everywhere {gap} ×10^4 t more are saved than required",
)


def _rates(cities: Sequence[CityBase], basis: DecompositionBasis, way: Way) -> list[Decimal]:
    # The proportions in which cities share the effort; scaling makes rates of them.
    if way.method == "weighted":
        shape = [city.weight for city in cities]
    elif way.method == CONVERGENCE:
        # 1 - I*/I_i with I* the intensity to converge to (强度趋同); a city below it is given the least rate.
        common = way.common
        if common is None:
            raise IntensityFault("INT-20", _NO_COMMON)
        if common <= 0:
            raise IntensityFault("INT-20", _COMMON_POSITIVE.format(found=common))
        with localcontext(EXACT):
            shape = [max(Decimal(0), ONE - common * city.gdp / city.emission) for city in cities]
            highest = max(city.emission / city.gdp for city in cities)
        if not any(shape):
            raise IntensityFault(
                "INT-20", _COMMON_HIGH.format(found=common, highest=highest.quantize(Decimal("0.0001")))
            )
    else:
        shape = [ONE for _ in cities]
    # A city without a share in the effort stays at the least rate: the others must make up for the whole.
    limits = way.bounds
    if not 0 <= limits.least < limits.most <= 1:
        raise IntensityFault("INT-10", _BOUNDS.format(least=limits.least, most=limits.most))
    with localcontext(EXACT):
        furthest = [limits.most if part > 0 else limits.least for part in shape]
        short = basis.saving - _saved(basis, furthest)
        over = _sum(basis.unchanged) * limits.least - basis.saving
    if short > 0:
        raise IntensityFault("INT-10", _SHORT.format(most=limits.most, gap=short.quantize(Decimal("0.01"))))
    if over > 0:
        raise IntensityFault("INT-10", _OVER.format(least=limits.least, gap=over.quantize(Decimal("0.01"))))
    # Rates λ·w clamped to the bounds, with λ such that Σ b d is the saving: the clamped set by bisection, λ exact.
    with localcontext(EXACT):
        scale = _scale(basis, shape, way.bounds)
        return [_clamped(scale * w, way.bounds) for w in shape]


def _scale(basis: DecompositionBasis, shape: Sequence[Decimal], limits: Bounds) -> Decimal:
    low, high = Decimal(0), max((limits.most / w for w in shape if w > 0), default=Decimal(0))
    for _ in range(160):
        middle = (low + high) / 2
        rates = [_clamped(middle * w, limits) for w in shape]
        low, high = (middle, high) if _saved(basis, rates) < basis.saving else (low, middle)
    # λ from the cities that are not clamped at its approximate value.
    clamped = [(b, w, _clamped(high * w, limits)) for b, w in zip(basis.unchanged, shape, strict=True)]
    free = [(b, w) for b, w, d in clamped if limits.least < d < limits.most]
    fixed = _sum(b * d for b, _, d in clamped if not limits.least < d < limits.most)
    share = _sum(b * w for b, w in free)
    return (basis.saving - fixed) / share if share else high


def _clamped(rate: Decimal, limits: Bounds) -> Decimal:
    return min(max(rate, limits.least), limits.most)


def _saved(basis: DecompositionBasis, rates: Sequence[Decimal]) -> Decimal:
    return _sum(b * d for b, d in zip(basis.unchanged, rates, strict=True))


def _sum(numbers: Iterable[Decimal]) -> Decimal:
    return sum(numbers, Decimal(0))
