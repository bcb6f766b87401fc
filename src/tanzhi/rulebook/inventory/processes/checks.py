"""Refusals of process data."""

from tanzhi.rulebook.kernel import Text

from .base import processes


@processes.check(
    "INV-03",
    severity="error",
    level="region",
    fields=("slag_clinker_output",),
    message=Text(
        "电石渣熟料 {found} 多于全部熟料，排放将为负",
        "Clinker from slag {found} exceeds all clinker: the emission would be negative",
    ),
    expected=Text("不超过熟料产量 {clinker_output}", "at most the clinker of {clinker_output}"),
)
def slag_clinker_is_part_of_all(slag_clinker_output, clinker_output):
    return slag_clinker_output > clinker_output
