"""A report is locked when its verification begins; findings to answer, or a case that is reopened, unlock it."""

from __future__ import annotations

from tanzhi.filings.months.model import Filing
from tanzhi.rulebook.kernel.text import Text

from .model import Verification

UNLOCKED = "rectifying"  # the plant answers findings: what it corrects now is verified again


_LOCKED = Text(
    "{name}{state}，所依据的报告和月度数据已锁定；须经核查中的整改或重启核查方可更正",
    "{name} ({state}): its report and months are locked; they are corrected in answer to a finding, "
    "or once the case is reopened",
)


def locked_by_verification(filing: Filing) -> Text | None:
    """Why a report, or a month of its year, stays as it is."""
    sector, _, _ = filing.form_code.rpartition(".")
    case = (
        Verification.objects.filter(
            organisation=filing.organisation_id, year=filing.year, filing__form_code__startswith=f"{sector}."
        )
        .exclude(state=UNLOCKED)
        .first()
    )
    return _LOCKED.format(name=case.name, state=case.state_label) if case else None
