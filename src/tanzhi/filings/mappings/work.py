"""The only writer of mappings."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from tanzhi.actions import clock
from tanzhi.actions.refusal import Refused
from tanzhi.actions.roles import PLANT
from tanzhi.actions.table import Call, Input, action
from tanzhi.actions.validation import Label
from tanzhi.filings.intake.mapping import Mapped, fields_unknown
from tanzhi.filings.intake.turned import TurnedPart, items_unknown
from tanzhi.filings.shared.forms import MONTH_FORM, filled_form, guideline_of, known_forms
from tanzhi.filings.shared.inputs import place_of_organisation
from tanzhi.organisations.register.model import Organisation
from tanzhi.presentation.forms.fields import Refers
from tanzhi.rulebook.kernel import FormSpec, Text, form

from .model import Mapping, MappingVersion
from .rows import form_over, units_other

_NO_FORM = Text("没有表单 {f}", "there is no form {f}")
_ODD = Text("表单中没有、未选全、或对应了两次：{odd}", "not in the form, incomplete, or mapped twice: {odd}")
_OTHER_UNITS = Text(
    "计量单位与换算不符：{odd}；请选择换算", "the unit does not agree with the conversion: {odd}; choose a conversion"
)


class MappingInput(Input):
    organisation_id: Annotated[int, Label("单位", "Organisation"), Refers(Organisation)]
    form_code: Annotated[str, Label("表单", "Form")]
    name: Annotated[str, Field(min_length=1, max_length=100), Label("名称", "Name")]
    parts: Annotated[tuple[Mapped, ...], Field(min_length=1), Label("映射", "Mapping")]


class RowsInput(Input):
    organisation_id: Annotated[int, Label("单位", "Organisation"), Refers(Organisation)]
    form_code: Annotated[str, Label("表单", "Form")]
    name: Annotated[str, Field(min_length=1, max_length=100), Label("名称", "Name")]
    part: Annotated[TurnedPart, Label("映射", "Mapping")]


@action(
    "filings.map_ledger",
    label=Text("保存台账映射", "Save a ledger mapping"),
    by=PLANT,
    input=MappingInput,
    place=place_of_organisation,
)
def map_ledger(call: Call) -> Mapping:
    """The next version of a mapping of a plant's own ledger; earlier versions stay with what they were used for."""
    data = call.data
    spec = _form_of(data.form_code)
    if odd := fields_unknown(spec, data.parts):
        raise Refused("FIL-MAPPED", _ODD.format(odd=", ".join(odd[:10])), 422)
    return _next_version(call, [part.model_dump(mode="json") for part in data.parts])


@action(
    "filings.map_rows",
    label=Text("保存报表映射", "Save a report mapping"),
    by=PLANT,
    input=RowsInput,
    place=place_of_organisation,
)
def map_rows(call: Call) -> Mapping:
    """The next version of a mapping of a report whose items stand in rows; units that differ are refused."""
    data = call.data
    if _form_of(data.form_code).code.rpartition(".")[2] != MONTH_FORM:
        raise Refused("FIL-FORM", _NO_FORM.format(f=data.form_code), 422)
    spec = form_over(guideline_of(data.form_code), clock.today().year)
    if odd := items_unknown(spec, data.part):
        raise Refused("FIL-MAPPED", _ODD.format(odd=", ".join(odd[:10])), 422)
    if other := units_other(guideline_of(data.form_code), spec, data.part):
        raise Refused("FIL-UNITS", _OTHER_UNITS.format(odd="; ".join(other[:10])), 422)
    return _next_version(call, [data.part.model_dump(mode="json")])


def _form_of(form_code: str) -> FormSpec:
    if form_code not in known_forms():
        raise Refused("FIL-FORM", _NO_FORM.format(f=form_code), 422)
    return form(guideline_of(form_code), filled_form(form_code), clock.today().year)


def _next_version(call: Call, parts: list[dict[str, Any]]) -> Mapping:
    data = call.data
    organisation = Organisation.objects.get(pk=data.organisation_id)
    mapping, _ = Mapping.objects.get_or_create(organisation=organisation, form_code=data.form_code, name=data.name)
    latest = mapping.latest
    version = MappingVersion.objects.create(
        mapping=mapping,
        number=latest.number + 1 if latest else 1,
        parts=parts,
        person_id=call.actor.person_id or 0,
        at=call.now,
    )
    call.attach("version", version.number)
    return mapping
