"""The scheduled check of the books: what it found is kept, and an account that does not agree may be blocked."""

from __future__ import annotations

from datetime import date
from typing import Any

from tanzhi.actions.actor import Actor
from tanzhi.actions.jobs import JobRun, job, start
from tanzhi.actions.models import Job
from tanzhi.actions.perform import perform
from tanzhi.actions.table import Call, action
from tanzhi.rulebook.kernel.text import Text

from .check import LedgerCheckReport, check
from .inputs import MarketReasonInput
from .model import BLOCKED, FROZEN, OPEN, Account

JOB = "registry.check"
MOST_CHECKS_A_DAY = 5
CHECKERS = {"administrator", "provincial_officer", "auditor"}


@action(
    "registry.block_account",
    label=Text("锁定账户", "Block the account"),
    by={"administrator"},
    subject=Account,
    leaves={OPEN, FROZEN},
    enters=BLOCKED,
    input=MarketReasonInput,
)
def block_account(call: Call, account: Account) -> Account:
    """Nothing leaves an account whose books do not agree, until two people have looked."""
    account.reason = call.data.reason
    account.save(update_fields=["reason"])
    return account


CHECKED = Text("核对完成，{n} 处不符", "Checked: {n} faults")


@job(JOB, label=Text("核对账簿", "Check the books"), by=CHECKERS)
def check_job(run: JobRun, block: bool = False) -> Any:
    """All invariants; with `block`, the accounts named are blocked."""
    run.step(0, Text("核对中", "checking"), 1)
    report = check()
    run.step(1, CHECKED.format(n=len(report.faults)))

    def keep() -> dict[str, Any]:
        return report.as_dict() | {"blocked": blocked(report) if block else []}

    return keep


def blocked(report: LedgerCheckReport) -> list[str]:
    """Block every account that a fault names; gives their numbers."""
    wrong = {fault.account: fault for fault in report.faults if fault.account}
    accounts = Account.objects.filter(pk__in=wrong, state__in=(OPEN, FROZEN), floor__isnull=False)
    for account in accounts:
        fault = wrong[account.pk]
        reason = {"reason": f"{fault.code} {fault.place}"[:300]}
        perform("registry.block_account", Actor.platform(), account, reason)
    return [account.number for account in accounts]


def check_if_due(today: date) -> bool:
    """The worker's round: once a day the books are checked and faulty accounts blocked.

    A check that failed or lost its process has checked nothing: it is begun again, a few times a day.
    """
    of_today = Job.objects.filter(kind=JOB, created_at__date=today, actor=0)
    if of_today.exclude(state__in=(Job.FAILED, Job.CANCELLED)).exists() or of_today.count() >= MOST_CHECKS_A_DAY:
        return False
    start(JOB, Actor.platform(), block=True)
    return True
