"""`listed:…`: an organisation's place on the list of key emission units (名录), with the decision that put it there."""

from __future__ import annotations

from tanzhi.figures import Fact, LineageNode, Ref, explains
from tanzhi.figures.entry_nodes import entries_of
from tanzhi.figures.records import record_of
from tanzhi.law.citations.english import cited
from tanzhi.organisations.register.model import KeyUnitStatus
from tanzhi.organisations.sectors import sector_name
from tanzhi.rulebook.kernel.text import Text, same


def ref_of(status: KeyUnitStatus) -> str:
    return f"listed:{status.pk}"


@explains("listed", of="organisations.KeyUnitStatus")
def listed(ref: Ref) -> LineageNode:
    """The list is public by law: everybody may see who stands on it, since when and on what basis."""
    row = record_of(KeyUnitStatus.objects.select_related("organisation__region"), ref)
    facts = (
        Fact(Text("行业", "Sector"), sector_name(row.sector)),
        Fact(Text("地区", "Region"), row.organisation.region.name),
        Fact(Text("列入名录", "On the list since"), same(row.since.isoformat())),
        Fact(Text("依据", "Basis"), cited(row.basis)),
    )
    name = row.organisation.name_on(row.since)
    return LineageNode(ref=str(ref), label=name, value=None, facts=facts, parts=entries_of(row.organisation))
