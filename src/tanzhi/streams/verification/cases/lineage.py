"""`verification.result:…`: a verified value down to filed cells with their receipts, and to redetermined ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from tanzhi.actions.models import Performed
from tanzhi.actions.references import reference, resolve
from tanzhi.evidence.models import Entry
from tanzhi.figures.calculated import Calculation
from tanzhi.figures.entry_nodes import node_of
from tanzhi.figures.lineage import explains
from tanzhi.figures.nodes import Fact, LineageNode
from tanzhi.figures.records import record_of
from tanzhi.filings.results.lineage import facts_of_input, receipts_of_input
from tanzhi.law.citations.english import cited
from tanzhi.rulebook.kernel.text import Text, same

from .methods import methods
from .model import Redetermination, Verification
from .overlay import active, root_of
from .queries import RESULT

if TYPE_CHECKING:
    from tanzhi.figures.questions import Ref

FILED_AS = Text("填报值", "Filed as")


@dataclass(frozen=True, slots=True)
class Sources:
    """Says of an input of a verified report where it comes from."""

    case: Verification
    rows: dict[str, Redetermination]

    def facts(self, path: str) -> tuple[Fact, ...]:
        row = self.rows.get(path)
        if row is None:
            return facts_of_input(self.case.version, path)
        method = methods(self.case.filing.guideline_name)[row.method]
        how = (Fact(Text("依据", "Basis"), cited(row.basis)), Fact(Text("法规", "Law"), cited(method.law)))
        page = Fact(Text("核查", "Verification"), self.case.name, reverse("verification:case", args=[self.case.pk]))
        filed = Fact(FILED_AS, same(row.filed))
        return (Fact(Text("重新核定", "Redetermined"), method.label), filed, *how, page)

    def parts(self, path: str) -> tuple[LineageNode, ...]:
        """The receipts of the deposit; of a redetermined value those of the case, and of what was filed."""
        filed = receipts_of_input(self.case.version, path)
        if path not in self.rows:
            return filed
        done = Performed.objects.filter(subject=reference(self.case), action="verification.redetermine").order_by("pk")
        entries = [resolve(str(line.outcome["entry"])) for line in done]
        return (*(node_of(entry) for entry in entries if isinstance(entry, Entry)), *filed)


@explains(RESULT, of="verification.Verification")
def result(ref: Ref) -> Calculation:
    """The report as verified; its release is the one under which the conclusion was drawn."""
    case = record_of(Verification.objects.select_related("organisation__region", "version__filing"), ref)
    sources = Sources(case, {row.path: row for row in active(case)})
    latest = case.latest
    return Calculation(root_of(case), sources.facts, sources.parts, latest.release if latest else "")
