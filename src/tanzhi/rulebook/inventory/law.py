"""What the inventory's modules cite, and the two levels and words that all of them share."""

from tanzhi.rulebook.kernel import Guideline, Text
from tanzhi.rulebook.kernel.rules import Level

GUIDE = "省级温室气体清单编制指南（试行），发改办气候〔2011〕1041号"
YEAR = "year"
REGION = Level("regions", Text("地区", "Region"))
YEARBOOK = Text("统计年鉴或主管部门数据", "Statistical yearbook or the authority's data")
MEASURED = Text("检测报告或专题研究", "Laboratory report or study")


def add_region(guideline: Guideline) -> None:
    """The region's GB/T 2260 code as every guideline here knows it: from the filing, not from the form."""

    @guideline.text(level="region", label=Text("行政区划代码", "Region code"))
    def region():
        """Code of the area that the activity data are about (行政区划代码), GB/T 2260."""
