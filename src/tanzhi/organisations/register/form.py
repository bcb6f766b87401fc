"""The register of enterprises and units as the guideline's register form asks it: typed fields, choices, dated."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

from tanzhi.actions.refusal import Refused
from tanzhi.organisations.sectors import accounting, accounting_name
from tanzhi.rulebook.kernel import FieldSpec, FormSpec, TableSpec, examine, form, forms_of
from tanzhi.rulebook.kernel.entries import Period
from tanzhi.rulebook.kernel.text import Text, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tanzhi.organisations.sectors import Accounts
    from tanzhi.rulebook.kernel import Finding, Guideline

REGISTER = "register"
ENTERPRISE, UNIT = "enterprise", "unit"
MERGED_INTO = "merged_into"
"""The attribute by which a unit names the one under which it is reported (合并填报)."""
REQUIRED = "FORM-REQUIRED"
TITLE = Text("登记事项", "Registered attributes")
Attributes = dict[str, str]


def register_fields(of: Accounts, level: str, year: int) -> tuple[FieldSpec, ...]:
    """The fields that an enterprise's guideline registers at a level in a year; none where it has no register."""
    guideline = accounting(of)
    return _fields_of(guideline, level, year) if guideline else ()


@cache
def _fields_of(guideline: Guideline, level: str, year: int) -> tuple[FieldSpec, ...]:
    if REGISTER not in forms_of(guideline, year):
        return ()
    # below the top a guideline may call its records otherwise than "unit": a line, a process
    table = next(
        (
            t
            for t in form(guideline, REGISTER, year).tables
            if ((t.key is None) if level == ENTERPRISE else (t.key is not None and not t.parents))
        ),
        None,
    )
    return table.fields if table else ()


def register_form(of: Accounts, level: str, year: int) -> FormSpec:
    """The register's fields of one enterprise or unit, as a form."""
    fields = register_fields(of, level, year)
    table = TableSpec(level=level, plural=level, label=TITLE, key=None, parents=(), fields=fields)
    return FormSpec(
        code=f"{accounting_name(of.sector, of.guideline)}.{REGISTER}.{level}", title=TITLE, year=year, tables=(table,)
    )


def stated(attributes: Mapping[str, Any]) -> Attributes:
    """What was stated, as it is kept: strings, blanks left out."""
    return {name: str(value).strip() for name, value in attributes.items() if str(value).strip()}


def refuse_misfits(of: Accounts, level: str, attributes: Mapping[str, Any], since: date) -> None:
    """Every attribute that the register form does not know or that does not fit it, all at once."""
    findings = [finding for finding in _examined(of, level, attributes, since) if finding.code != REQUIRED]
    if findings:
        message = Text("有 {n} 项登记事项不符", "{n} attributes do not fit the register").format(n=len(findings))
        raise Refused("ORG-ATTRIBUTES", message, 422, findings)


def missing_attributes(of: Accounts, level: str, attributes: Mapping[str, Any], on: date) -> list[Finding]:
    """Required attributes that are blank, each a finding."""
    return [finding for finding in _examined(of, level, attributes, on) if finding.code == REQUIRED]


def lacks_attributes(guideline: Guideline, level: str, attributes: Mapping[str, Any], on: date) -> bool:
    """Whether `missing_attributes` finds any: for the many records of a province, without a finding for each."""
    stated_values = (attributes.get(name) for name in _required_of(guideline, level, on.year))
    return any(value is None or (isinstance(value, str) and not value.strip()) for value in stated_values)


@cache
def _required_of(guideline: Guideline, level: str, year: int) -> tuple[str, ...]:
    fields = _fields_of(guideline, level, year)
    period = Period.of(year)
    return tuple(field.name for field in fields if field.required and (not field.days or field.days.meets(period)))


def _examined(of: Accounts, level: str, attributes: Mapping[str, Any], on: date) -> list[Finding]:
    return examine(register_form(of, level, on.year), dict(attributes))


def worded(of: Accounts, level: str, attributes: Mapping[str, Any], on: date) -> list[tuple[Text, Text]]:
    """Attributes by their labels, choices by their words, numbers with their unit."""
    fields = {field.name: field for field in register_fields(of, level, on.year)}
    rows = []
    for name, value in attributes.items():
        field, written = fields.get(name), str(value)
        if field is None or not written:
            words = same(written or "—")
        elif field.options:
            words = field.options.get(written) or same(written)
        else:
            words = same(written if field.unit == "1" else f"{written} {field.unit}")
        rows.append((field.label if field else same(name), words))
    return rows
