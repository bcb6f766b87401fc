"""The only writers of decompositions: open, compute, sign off by two."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field

from tanzhi.actions.actor import Actor, Place
from tanzhi.actions.refusal import Refused
from tanzhi.actions.states import Move, Opening, State
from tanzhi.actions.table import Call, Input
from tanzhi.actions.transitions import CaseType
from tanzhi.actions.validation import Label
from tanzhi.law.evaluation import release
from tanzhi.organisations.register.choices import regions
from tanzhi.organisations.register.queries import regions_within
from tanzhi.presentation.forms.fields import Choices, Help, Refers
from tanzhi.rulebook.intensity import decomposition as rule
from tanzhi.rulebook.intensity import intensity
from tanzhi.rulebook.intensity.fault import IntensityFault
from tanzhi.rulebook.kernel.finding import ERROR, Finding
from tanzhi.rulebook.kernel.rounding import plain, shortened
from tanzhi.rulebook.kernel.text import Text, same
from tanzhi.streams.intensity.ledger.change import base_emission
from tanzhi.streams.intensity.ledger.ledger import ledger_of
from tanzhi.streams.intensity.targets.model import Target

from .model import COMPUTED, DRAFT, SIGNED, Decomposition, Share

OFFICER = {"provincial_officer"}
Method = Annotated[Literal["equal", "weighted", "convergence"], Label("方法", "Method"), Choices(rule.METHODS)]
Percent = Annotated[Decimal, Field(ge=0, le=100, allow_inf_nan=False)]
Growth = Annotated[
    Decimal, Field(gt=-50, lt=50, allow_inf_nan=False), Label("生产总值年均增速（%）", "Yearly growth of GDP (%)")
]


def targets_to_share(actor: Actor) -> list[tuple[str, Text]]:
    """Five-year targets of provinces that the actor may decompose."""
    targets = Target.objects.filter(region__kind="province").select_related("region").visible_to(actor).order_by("-pk")
    return [
        (str(target.pk), target.name)
        for target in targets
        if target.years <= 5 and actor.reaches("provincial_officer", target.place)
    ]


class DecompositionOpenInput(Input):
    target: Annotated[int, Label("目标", "Target"), Choices(targets_to_share), Refers(Target)]
    zh: Annotated[str, Field(min_length=2, max_length=200), Label("中文名", "Chinese title")]
    en: Annotated[str, Field(min_length=2, max_length=200), Label("英文名", "English title")]
    growth: Growth


class CityInput(Input):
    region: Annotated[str, Label("市州（名称或代码）", "City (name or code)"), Choices(regions)]
    growth: Growth
    weight: Annotated[Decimal, Field(allow_inf_nan=False), Label("权重", "Weight")] = Decimal(1)


class DecompositionComputeInput(Input):
    method: Method
    least: Annotated[Percent, Label("下限（%）", "Least (%)")] = Decimal(0)
    most: Annotated[Percent, Label("上限（%）", "Most (%)")] = Decimal(100)
    common: Annotated[
        Decimal | None,
        Field(gt=0, max_digits=12, allow_inf_nan=False),
        Label("趋同目标强度（吨/万元）", "Intensity to converge to (t per 10⁴ yuan)"),
        Help(
            "“强度趋同”必填，由省级决策确定，基年价；其他方法填写后仅用于并列比较",
            "needed by convergence: a choice of policy, at prices of the base year; beside another method it serves "
            "the comparison alone",
        ),
    ] = None
    cities: Annotated[
        list[CityInput],
        Label("市州增速与权重", "Growth and weight of the cities"),
        Help(
            "未列出的市州保持原值；权重只用于“按权重”",
            "a city not listed keeps its values; weights count by weights only",
        ),
    ] = Field(default_factory=list)


def place_of_target(data: DecompositionOpenInput) -> Place:
    target = Target.objects.filter(pk=data.target).select_related("region").first()
    return target.place if target else Place()


_NO_CITIES = Text("{region} 有 {n} 个市州，不能分解", "{region} has {n} cities: nothing to decompose to")


_NO_DATA = Text(
    "{city}：缺少 {year} 年生产总值（当年价格基期）或能源消费",
    "{city}: GDP (at its own prices) or energy of {year} is missing",
)


def open_decomposition(call: Call) -> Decomposition:
    """A draft with every city that counted on the last day of the base year, each from its ledger."""
    data: DecompositionOpenInput = call.data
    target = Target.objects.select_related("region").get(pk=data.target)
    titles = {"title_zh": data.zh, "title_en": data.en}
    opened = Decomposition.objects.create(target=target, **titles, method="equal", release=release(intensity))
    cities = list(regions_within(target.region, date(target.base_year, 12, 31)))
    if len(cities) < 2:
        raise Refused("INT-12", _NO_CITIES.format(region=target.region.name, n=len(cities)), 422)
    shares = []
    for city in cities:
        ledger = ledger_of(city)
        level = ledger.gdp.get((target.base_year, target.base_year))
        emission = base_emission(ledger, target.base_year)
        if level is None or emission is None:
            raise Refused("INT-03", _NO_DATA.format(city=city.name, year=target.base_year), 422)
        amounts = {"emission": plain(emission), "gdp": level.value, "growth": plain(data.growth)}
        shares.append(Share(decomposition=opened, region=city, **amounts))
    Share.objects.bulk_create(shares)
    return opened


_STRANGER = Text("不在分解名单内的地区：{found}", "not among the cities of this decomposition: {found}")
_TWICE = Text("同一市州列了两次", "a city is listed twice")


def compute(call: Call, decomposition: Decomposition) -> None:
    """Rates by the method, within the bounds; nothing is kept where the rules refuse."""
    data: DecompositionComputeInput = call.data
    # The shares with what was told of their growth and weight; a city that is none of them is refused.
    rows = data.cities
    shares = list(decomposition.shares.select_related("region"))
    by_code = {
        word: share for share in shares for word in (share.region.name_zh, share.region.name_en, share.region.code)
    }
    strangers = [row.region for row in rows if row.region not in by_code]
    if strangers:
        raise Refused("INT-12", _STRANGER.format(found=", ".join(strangers)), 422)
    if len({by_code[row.region].pk for row in rows}) < len(rows):
        raise Refused("INT-12", _TWICE, 422)
    for row in rows:
        by_code[row.region].growth, by_code[row.region].weight = plain(row.growth), plain(row.weight)
    decomposition.method, decomposition.least, decomposition.most = data.method, plain(data.least), plain(data.most)
    decomposition.common = plain(data.common) if data.common is not None else ""
    decomposition.computed = rates_again(decomposition, shares)
    for share in shares:
        share.save()
    call.attach("published", {share.region.code: share.published for share in shares})
    call.attach("way", [data.method, decomposition.least, decomposition.most, decomposition.common])


def rates_again(decomposition: Decomposition, shares: list[Share]) -> dict[str, str]:
    """The rates of the shares by the decomposition's own way, not saved; gives what the whole says."""
    try:
        target = decomposition.target
        cities = [city_of(share) for share in shares]
        outcome = rule.decompose(cities, target.fraction, target.years, decomposition.way)
    except IntensityFault as fault:
        field = "common" if fault.code == "INT-20" else "cities"
        finding = Finding(fault.code, ERROR, "intensity.compute", field, same("-"), fault.message, fault.message)
        raise Refused(fault.code, fault.message, 422, [finding]) from None
    for share in shares:
        share.exact, share.published = (
            plain(outcome.exact[share.region.code]),
            plain(outcome.published[share.region.code]),
        )
    # The cities' base emissions together beside the province's own, which they need not add up to.
    whole = base_emission(ledger_of(target.region), target.base_year)
    bases = {"cities": plain(sum((Decimal(share.emission) for share in shares), Decimal(0)))}
    # What the whole says: cap, decline under exact and published rates in per cent, residual.
    return {
        "cap": plain(shortened(outcome.basis.cap, 12)),
        "saving": plain(shortened(outcome.basis.saving, 12)),
        "exact": plain((outcome.exact_decline * 100).quantize(Decimal("0.000001"))),
        "published": plain((outcome.published_decline * 100).quantize(Decimal("0.000001"))),
        "residual": plain(outcome.residual.quantize(Decimal("0.000001"))),
    } | (bases if whole is None else {**bases, "province": plain(whole)})


def city_of(share: Share) -> rule.CityBase:
    """A share as the rule takes it."""
    growth = Decimal(share.growth) / 100
    return rule.CityBase(share.region.code, Decimal(share.emission), Decimal(share.gdp), growth, Decimal(share.weight))


def sign_off(call: Call, decomposition: Decomposition) -> None:
    """One proposes, another approves: the published rates become the cities' targets."""
    decomposition.signed_at = call.now
    target = decomposition.target
    for share in decomposition.shares.select_related("region"):
        Target.objects.create(
            region=share.region,
            base_year=target.base_year,
            end_year=target.end_year,
            decline=plain(share.published_percent or Decimal(0)),
            binding=target.binding,
            published=True,
            source=decomposition.title_of_source,
            person_name=call.actor.name,
            at=call.now,
        )


_BELOW = Text(
    "公布值合成下降 {found} %，低于目标 {target} %", "published rates give {found} %, below the target {target} %"
)


def keeps_the_target(_call: Call, decomposition: Decomposition) -> None:
    """INT-11: what is published must keep the province's target."""
    published = Decimal(decomposition.computed.get("published", "0"))
    if published < Decimal(decomposition.target.decline):
        raise Refused("INT-11", _BELOW.format(found=published, target=decomposition.target.decline), 422)


DECOMPOSITION = CaseType(
    "intensity.decomposition",
    model=Decomposition,
    title=Text("目标分解", "Decomposition of a target"),
    start=DRAFT,
    states=(
        State(DRAFT, Text("编制中", "draft"), tone="info"),
        State(COMPUTED, Text("已测算，待签批", "computed, to be signed off"), tone="due"),
        State(SIGNED, Text("已签批", "signed off"), tone="ok", end=True),
    ),
    opening=Opening(
        "intensity.open_decomposition",
        Text("新建目标分解", "Open a decomposition"),
        by=OFFICER,
        do=open_decomposition,
        place=place_of_target,
        input=DecompositionOpenInput,
    ),
    moves=(
        Move(
            "intensity.compute",
            Text("测算分解方案", "Compute the decomposition"),
            leaves=(DRAFT, COMPUTED),
            enters=COMPUTED,
            by=OFFICER,
            input=DecompositionComputeInput,
            do=compute,
            on_page=True,
        ),
        Move(
            "intensity.sign_off",
            Text("签批分解方案", "Sign the decomposition off"),
            leaves=(COMPUTED,),
            enters=SIGNED,
            by=OFFICER,
            guard=keeps_the_target,
            do=sign_off,
            second_person=True,
            approvers={"provincial_director"},
        ),
    ),
)
