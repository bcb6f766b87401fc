"""Actions on what filings go by: ledger mappings and inner deadlines."""

from __future__ import annotations

from typing import Any

from tanzhi.actions.actor import Place
from tanzhi.actions.refusal import Refused
from tanzhi.actions.table import Call, action
from tanzhi.filings.shared.forms import known_forms
from tanzhi.organisations.models import Region
from tanzhi.rulebook.kernel import Text

from .inputs import DeadlineInput
from .model import InnerDeadline


def _place_of_region(data: Any) -> Place | None:
    region = Region.objects.filter(pk=data.region_id).first()
    return Place(region_path=region.path) if region else Place()


@action(
    "filings.set_deadline",
    label=Text("设定内部期限", "Set an inner deadline"),
    by={"provincial_director", "administrator"},
    input=DeadlineInput,
    place=_place_of_region,
)
def set_deadline(call: Call) -> InnerDeadline:
    """A province's own earlier deadline; it informs and reminds, the law's day still decides what is late."""
    data = call.data
    if data.form_code not in known_forms():
        raise Refused("FIL-FORM", Text("没有表单 {f}", "there is no form {f}").format(f=data.form_code), 422)
    deadlines = InnerDeadline.objects.filter(region_id=data.region_id, form_code=data.form_code, until=None)
    deadlines.update(until=data.since)
    return InnerDeadline.objects.create(
        region_id=data.region_id, form_code=data.form_code, days=data.days, source=data.source, since=data.since
    )
