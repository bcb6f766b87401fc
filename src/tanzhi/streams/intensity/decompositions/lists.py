"""Decompositions as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from tanzhi.organisations.register.model import Region
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.lists.listing import FillingStep, ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.intensity.ledger.lists import PERCENT
from tanzhi.streams.intensity.targets.model import Target

from .model import SIGNED, Decomposition, Share
from .work import DECOMPOSITION


@dataclass(frozen=True, slots=True)
class TargetInForce:
    """A target of a region with the signed decomposition that it comes from; None where a document states it."""

    target: Target
    decomposition: Decomposition | None

    @property
    def source(self) -> Text | str:
        return self.decomposition.name if self.decomposition else self.target.source

    @property
    def link(self) -> str:
        return self.decomposition.get_absolute_url() if self.decomposition else ""


def targets_in_force(region: Region, targets: Sequence[Target]) -> list[TargetInForce]:
    """A region's targets in force, the one that ends last first."""
    shares = Share.objects.filter(region=region, decomposition__state=SIGNED).select_related("decomposition__target")
    by_source = {share.decomposition.title_of_source: share.decomposition for share in shares}
    return [TargetInForce(target, by_source.get(target.source)) for target in reversed(targets)]


HELD = Listing(
    "intensity.held",
    title=Text("强度目标", "Targets"),
    noun=Text("个目标", "targets"),
    columns=(
        ListColumn("end_year", Text("目标年", "Target year"), value="target.end_year"),
        ListColumn("base_year", Text("基年", "Base year"), value="target.base_year"),
        ListColumn(
            "decline",
            Text("下降", "Decline"),
            value=lambda row: Decimal(row.target.decline),
            kind="number",
            unit=PERCENT,
            link=lambda row: explain_url(f"intensity.target:{row.target.pk}"),
        ),
        ListColumn("binding", Text("约束性", "Binding"), value="target.binding"),
        ListColumn("source", Text("依据", "Document"), kind="link", link=lambda row: row.link),
    ),
    prefix="t-",
    empty=Text(
        "尚无目标：由省级录入目标文件，或由目标分解下达", "No target yet: the province sets it, or a decomposition"
    ),
)
DECOMPOSITIONS = Listing(
    "intensity.decompositions",
    title=Text("目标分解", "Decompositions"),
    noun=Text("个方案", "decompositions"),
    columns=(
        ListColumn(
            "title", Text("方案", "Decomposition"), value="name", kind="link", link=lambda row: row.get_absolute_url()
        ),
        ListColumn("target", Text("目标", "Target"), value="target.name"),
        ListColumn("cities", Text("市州", "Cities"), value=lambda row: row.cities, kind="number"),
        ListColumn(
            "state",
            Text("状态", "State"),
            kind="state",
            words=DECOMPOSITION.words,
            tone=DECOMPOSITION.tones,
            sort="state",
        ),
        ListColumn("signed_at", Text("签批时间", "Signed"), sort="signed_at"),
    ),
    filters=(state_filter(DECOMPOSITION.words),),
    empty=Text("尚无分解方案。", "No decomposition yet."),
    step=FillingStep(
        Text("录入五年目标后新建。", "Set a five-year target, then open one."), "intensity.open_decomposition"
    ),
)
