"""Legal dates of an audit (法定期限), in calendar months from the publication of the list and from its end.

`law`: the parameters in force, shipped and entered.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tanzhi.rulebook.clocks import add_months
from tanzhi.rulebook.kernel.entries import DatedValue, Period
from tanzhi.rulebook.kernel.parameters import Parameters


@dataclass(frozen=True, slots=True)
class Deadline:
    """A last day with the parameter that it rests on, its source and its confidence."""

    on: date
    entry: DatedValue


def publicise_by(listed_on: date, law: Parameters) -> Deadline:
    """Until when the list is made public and the enterprises are told (公布名单并书面通知): one month."""
    return _after(law, "publicise_months", listed_on)


def start_by(listed_on: date, law: Parameters) -> Deadline:
    """Until when the audit begins (启动审核): two months from the publication of the list."""
    return _after(law, "start_months", listed_on)


def finish_by(listed_on: date, law: Parameters) -> Deadline:
    """Until when the audit is finished (完成审核): one year from the publication of the list."""
    return _after(law, "finish_months", listed_on)


def report_by(finished_on: date, law: Parameters) -> Deadline:
    """Until when the report is handed in (报送审核报告): one month from the end of the audit."""
    return _after(law, "report_months", finished_on)


def next_audit_by(finished_on: date, law: Parameters) -> Deadline:
    """Until when the next audit is due where toxic substances are used (再次审核): at most five years on."""
    return _after(law, "interval_months", finished_on)


def _after(law: Parameters, name: str, start: date) -> Deadline:
    table = law.get(name)
    months = table.find(Period(start, start), {}) if table else None
    if months is None:
        raise LookupError(f"{name} is not known on {start}")
    return Deadline(add_months(start, int(months.value)), months)
