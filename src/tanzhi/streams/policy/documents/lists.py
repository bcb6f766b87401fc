"""The library as a list."""

from __future__ import annotations

from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing
from tanzhi.rulebook.kernel.text import Text
from tanzhi.streams.policy.shared.codes import KINDS, LEVELS, TOPICS

from .model import STANDING_TONES, STANDINGS

DOCUMENTS = Listing(
    "policy.documents",
    title=Text("政策库", "Policy library"),
    noun=Text("份", "documents"),
    hint=Text("标题或文号", "Title or number"),
    columns=(
        ListColumn("title", Text("文件", "Document"), kind="link", link=lambda row: row.get_absolute_url()),
        ListColumn("number", Text("文号", "Number"), sort="number"),
        ListColumn(
            "kind",
            Text("文种", "Kind"),
            value=lambda row: Text("{level}{kind}", "{level}: {kind}").format(
                level=row.level_label, kind=row.kind_label
            ),
            sort=("level", "kind"),
        ),
        ListColumn("topic", Text("专题", "Topic"), sort="topic", words=TOPICS),
        ListColumn("issuers", Text("发文单位", "Issued by"), value="issued_by"),
        ListColumn("issued_on", Text("印发", "Issued"), kind="date", sort="issued_on"),
        ListColumn("task_count", Text("任务", "Tasks"), kind="number", sort="task_count"),
        ListColumn(
            "standing",
            Text("效力", "Standing"),
            value=lambda row: STANDINGS[row.standing],
            kind="state",
            tone=lambda row: STANDING_TONES[row.standing],
        ),
    ),
    filters=(
        Filter("topic", Text("专题", "Topic"), TOPICS),
        Filter("level", Text("层级", "Level"), LEVELS),
        Filter("kind", Text("文种", "Kind"), KINDS),
        Filter(
            "standing",
            Text("效力", "Standing"),
            STANDINGS,
            lambda rows, selected: rows.filter(
                pk__in=[row.pk for row in rows.select_related(None) if row.standing == selected]
            ),
        ),
    ),
    search=("title_zh", "title_en", "number"),
    order="-issued_on",
    empty=Text("没有符合条件的文件。", "No document fits."),
    step=FillingStep(Text("放宽条件，或录入政策文件。", "Widen the search or enter one."), "policy.register_document"),
)
