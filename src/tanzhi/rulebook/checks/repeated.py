"""Which children stand too often among their siblings: equal digits, one report number for many months."""

from collections import Counter
from datetime import date
from typing import Any

from tanzhi.rulebook.kernel.children import Children
from tanzhi.rulebook.kernel.states import Absent


def repeated(children: Children, times: int) -> Children:
    """For each child whether its value stands at least so many times (数值重复); what is absent never does."""
    seen = Counter(_key(child) for child in children if not isinstance(child, Absent))
    return Children(not isinstance(child, Absent) and seen[_key(child)] >= times for child in children)


def days_between(first: str, last: str) -> int:
    """Natural days from one filed day to another (自然日), negative if the second is earlier."""
    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def day_number(day: str) -> int:
    """A filed day as the parameters write theirs (YYYYMMDD), such as 20260610."""
    return int(day.replace("-", ""))


def _key(child: Any) -> str:
    return str(child)
