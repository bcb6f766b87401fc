"""Which bulletin a reader is given: the published edition of a period, or what would be published now, as a draft."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db.models import Q
from django.utils import timezone

from tanzhi.actions import clock
from tanzhi.actions.actor import Actor
from tanzhi.actions.language import code
from tanzhi.actions.references import digest
from tanzhi.evidence.log import state_of_records
from tanzhi.figures import Question, Span
from tanzhi.figures.basis import basis
from tanzhi.figures.places import region_of
from tanzhi.figures.publication import prepares
from tanzhi.figures.questions import Unanswerable
from tanzhi.figures.spans import SpanFault
from tanzhi.filings.months.model import Filing
from tanzhi.organisations.dated import in_force
from tanzhi.organisations.register.model import Organisation
from tanzhi.rulebook.kernel.text import Text

from .changes import FigureChange, against, changed_values
from .composition import compose
from .content import BulletinContent
from .models import PUBLISHED, Edition
from .papers import FORMS, Signed, file_name, printed
from .printing import as_text

HOUR = 3600
TYPES = {"json": "application/json", "txt": "text/plain; charset=utf-8", **FORMS}


@dataclass(frozen=True)
class Served:
    """A bulletin with the edition that it stands in; without one it is a draft."""

    content: BulletinContent
    edition: Edition | None = None
    preparing: bool = False  # whether its reader may see what is not published yet

    @cached_property
    def changes(self) -> list[FigureChange]:
        """What a composition of today says otherwise than the published edition, for those who prepare it."""
        if self.edition is None or not self.preparing:
            return []
        return changed_values(self.content, composed(self.edition.period, self.edition.region.code))

    def as_dict(self) -> dict[str, Any]:
        """With the edition's own data, or `draft`, beside the content."""
        if self.edition is None:
            return {**self.content.as_dict(), "draft": True}
        return {**self.content.as_dict(), "draft": False, "edition": edition_dict(self.edition)}

    @property
    def signed(self) -> Signed | None:
        return signed_of(self.edition) if self.edition and self.edition.public else None

    def file(self, form: str) -> bytes:
        """In the language of the request; the edition's own JSON is the canonical bytes that its digest stands for."""
        if form == "txt":
            return as_text(self.content, self.language).encode()
        return printed(self.content, self.language, form, self.signed)

    @property
    def language(self) -> str:
        """That of the request, if the bulletin speaks it."""
        return code() if code() in self.content.languages else "zh"

    def name(self, form: str) -> str:
        return file_name(self.content, self.language, form)


def newest_for(viewer: Actor, region: str = "") -> str | None:
    """The period that a reader opens first: those who prepare bulletins the newest data, others what is published."""
    period = last_half_year()
    place = region_of(Question(period, region))
    if prepares(viewer, Question(period, region)):
        return period
    public = Edition.objects.filter(region=place, state=PUBLISHED).values_list("period", flat=True)
    spans: dict[str, Span] = {}
    for period in public:
        with suppress(SpanFault):
            spans[period] = Span.parse(period)
    # What ends last; of several that end together the usual periods before any months of a year.
    return max(spans, key=lambda each: (spans[each].last, "M" not in each, each), default=None)


def last_half_year() -> str:
    """The half-year of the newest month that was deposited; without one, the last that is complete."""
    newest = Filing.objects.filter(period__contains="-", deposited_at__isnull=False).order_by("-period").first()
    if newest:
        return f"{newest.period[:4]}H{1 if newest.period[5:] <= '06' else 2}"
    today = clock.today()
    return f"{today.year}H1" if today.month > 6 else f"{today.year - 1}H2"


def composed(period: str, region: str = "") -> BulletinContent:
    """The bulletin of today's data; kept until anything is done, because nothing changes but through an action."""
    ground = basis()
    home = region_of(Question(period, region)).pk
    today = clock.today().isoformat()
    key = f"bulletin:{digest(period, region, home, state_of_records(), ground.size, ground.release, today)}"
    content = cache.get(key)
    if content is None:
        content = compose(period, region).as_dict()
        cache.set(key, content, HOUR)
    return BulletinContent.model_validate(content)


_UNPUBLISHED = Text("{period}发布稿尚未发布", "the bulletin of {period} is not published yet")


def served(period: str, region: str = "", now: bool = False, viewer: Actor | None = None) -> Served:
    """The published edition of a period; those who prepare it read what would be published, where there is none yet.

    Nobody else sees figures before they are published (BUL-03).
    """
    question = Question(period, region)
    period = question.span.code
    preparing = prepares(viewer, question)
    edition = None if now else published(period, region)
    if edition is not None:
        return Served(edition.content, edition, preparing)
    if not preparing:
        raise Unanswerable("BUL-03", _UNPUBLISHED.format(period=question.span.title))
    return Served(composed(period, region), preparing=True)


def published(period: str, region: str = "") -> Edition | None:
    place = region_of(Question(period, region))
    editions = Edition.objects.filter(region=place, period=period, state=PUBLISHED)
    edition: Edition | None = editions.select_related("region").order_by("-number").first()
    return edition


def earlier(span: Span, region: str = "", viewer: Actor | None = None) -> Served | None:
    """The bulletin of an earlier period, as this reader may have it; None where it is not published for him."""
    try:
        return served(span.code, region, viewer=viewer)
    except Unanswerable:
        return None


def compared(content: BulletinContent, before: Served | None) -> list[FigureChange]:
    """Every figure beside the period before; only those that both bulletins have say a change."""
    other = before.content if before else content.model_copy(update={"rows": ()})
    signed = before is None or before.edition is not None
    return [change for change in against(other, content, signed) if change.now is not None]


_AUTHORITY = Text("{place}应对气候变化主管部门", "Climate authority of {place}")


def signed_of(edition: Edition) -> Signed:
    """An edition goes out in the name of the office whose director signs; the persons stand in its record."""
    on = timezone.localdate(edition.published_at or edition.opened_at)
    directors = in_force(on, "grants__") & Q(grants__role="provincial_director")
    office = Organisation.objects.filter(directors, region=edition.region).order_by("code").first()
    name = office.name_on(on) if office else _AUTHORITY.format(place=edition.region.name)
    return Signed(on, edition.number, name, edition.digest)


def edition_dict(edition: Edition) -> dict[str, Any]:
    return {
        "number": edition.number,
        "state": edition.state,
        "digest": edition.digest,
        "published_at": edition.published_at.isoformat() if edition.published_at else None,
        "proposed_by": edition.proposed_by,
        "signed_by": edition.signed_by,
        "remark": edition.remark,
    }
