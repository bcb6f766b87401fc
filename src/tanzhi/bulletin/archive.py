"""The archive: every edition that was published, and the drafts of one's own province."""

from __future__ import annotations

from tanzhi.organisations.register.model import Region
from tanzhi.presentation.lists.listing import FillingStep, Filter, ListColumn, Listing, state_filter
from tanzhi.rulebook.kernel.text import Text

from .editions import EDITION

ARCHIVE = Listing(
    "bulletin.archive",
    title=Text("发布稿存档", "Archive of bulletins"),
    noun=Text("版", "editions"),
    columns=(
        ListColumn("name", Text("发布稿", "Bulletin"), kind="link", link=lambda row: row.get_absolute_url()),
        ListColumn("period", Text("期间", "Period"), value="span.title", sort="period"),
        ListColumn("number", Text("版次", "Edition"), sort="number"),
        ListColumn("state", Text("状态", "State"), kind="state", words=EDITION.words, tone=EDITION.tones, sort="state"),
        ListColumn("published_at", Text("签发时间", "Signed"), sort="published_at"),
        ListColumn("signed_by", Text("签发人", "Signed by")),
        ListColumn("digest", Text("摘要", "Digest"), value=lambda row: f"{row.digest[:12]}…"),
    ),
    filters=(
        state_filter(EDITION.words),
        Filter(
            "region",
            Text("省份", "Province"),
            lambda: {region.code: region.name for region in Region.objects.filter(kind="province")},
            where="region__code",
        ),
    ),
    order="-period",
    empty=Text("尚无发布稿。", "No bulletin yet."),
    step=FillingStep(Text("在发布稿页起草。", "Draft one from the bulletin's page."), "bulletin.draft"),
)
