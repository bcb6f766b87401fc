"""What of carbon intensity is searched: decompositions of targets, and warnings."""

from __future__ import annotations

from tanzhi.presentation.search import RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .decompositions.model import Decomposition
from .warnings.model import EarlyWarning

register(
    RecordSearch(
        "intensity.decompositions",
        Text("目标分解", "Decompositions of targets"),
        Decomposition,
        ("title_zh", "title_en"),
    ),
    61,
)
register(
    RecordSearch(
        "intensity.warnings",
        Text("碳强度预警", "Intensity warnings"),
        EarlyWarning,
        ("year", "region__name_zh", "region__name_en", "request"),
        select=("region",),
    ),
    62,
)
