"""What of the bulletin is searched: its editions, and the figures of the newest one that a reader may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from tanzhi.figures import Question
from tanzhi.figures.places import region_of
from tanzhi.figures.publication import prepares
from tanzhi.figures.questions import Ref, Unanswerable
from tanzhi.figures.registry import FIGURES
from tanzhi.presentation.addresses import explain_url
from tanzhi.presentation.search import Hit, ListSearch, RecordSearch, register
from tanzhi.rulebook.kernel.text import Text

from .models import Edition
from .published import statements_in
from .rows import plan
from .serving import newest_for

if TYPE_CHECKING:
    from tanzhi.actions.actor import Actor


def figures_to_read(actor: Actor) -> Iterator[tuple[str, Callable[[], Hit]]]:
    """Each line of the bulletin that the reader opens first; without a duty to prepare it, what was published of it."""
    try:
        period = newest_for(actor)
    except Unanswerable:  # several provinces, of which the installation names none as its own
        return
    if period is None:
        return
    bulletin = Question(period)
    inside = prepares(actor, bulletin)
    public = Edition.objects.filter(region=region_of(bulletin), period=period, public=True)
    keys = {key for digest in public.values_list("digest", flat=True) for key in statements_in(digest)}
    for row in plan().rows:
        for line in row.lines:
            question = Question(line.span(bulletin.span).code, filters=dict(line.filters))
            if inside or (line.code, question.period, tuple(sorted(question.filters.items()))) in keys:
                title = FIGURES[line.code].title_for(question)
                yield (
                    f"{title.zh} {title.en} {row.title.zh} {row.title.en}",
                    partial(figure_hit, line.code, question, title),
                )


def figure_hit(code: str, question: Question, title: Text) -> Hit:
    return Hit(title, explain_url(Ref("figure", code, question.as_words())), question.span.title)


register(
    RecordSearch(
        "bulletin.editions",
        Text("发布稿", "Bulletins"),
        Edition,
        ("period", "region__name_zh", "region__name_en", "remark"),
        select=("region",),
    ),
    16,
)
register(ListSearch("bulletin.figures", Text("发布数据", "Published figures"), figures_to_read), 18)
