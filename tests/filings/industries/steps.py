"""The plants of `plants.yaml` and the steps that their tests share: register, people, upload, deposit."""

from __future__ import annotations

import base64
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tanzhi.actions.actor import Actor
from tanzhi.actions.perform import perform
from tanzhi.filings.intake import template
from tanzhi.filings.intake.template import Prefill
from tanzhi.filings.months.model import Filing
from tanzhi.filings.months.status import form_of, standing_of
from tanzhi.organisations.people.roles import actor_of
from tanzhi.organisations.register.model import Organisation
from tanzhi.organisations.sectors import industries
from tanzhi.rulebook.kernel.yaml_files import read_yaml
from tests import factories
from tests.factories import World

PLANTS: dict[str, dict[str, Any]] = read_yaml(Path(__file__).with_name("plants.yaml"))
YEAR = "2024"
REPORTING = date(2025, 2, 3)

every_industry = pytest.mark.parametrize("name", sorted(PLANTS))


def works_of(world: World, name: str) -> Organisation:
    """A listed enterprise with what its register asks."""
    firm = factories.organisation("WORKS", world.city, sector=industries()[name].sector, guideline=name)
    factories.key_unit(firm, years=())
    site = factories.facility(firm)
    for attributes in PLANTS[name]["units"]:
        factories.unit(site, **{key: str(value) for key, value in attributes.items()})
    return firm


def people_of(works: Organisation) -> tuple[Actor, Actor]:
    """Who files and who deposits."""
    clerk = factories.person("works_clerk", ("enterprise_filer", works))
    return actor_of(clerk), actor_of(factories.person("works_head", ("enterprise_approver", works)))


def opened(clerk: Actor, works: Organisation, form: str, period: str) -> Filing:
    data = {"form_code": form, "organisation_id": works.pk, "period": period}
    filing: Filing = perform("filings.open", clerk, data=data).result
    return filing


def uploaded(clerk: Actor, filing: Filing, record: dict[str, Any]) -> None:
    """As the plant does: the form's own template, filled and sent back."""
    content = template(form_of(filing), Prefill(filing.organisation.code, filing.period, record))
    data = {"content": base64.b64encode(content).decode(), "name": "report.xlsx"}
    perform("filings.upload", clerk, filing, data)


def deposited(clerk: Actor, head: Actor, filing: Filing) -> None:
    for question in standing_of(filing).unanswered:
        reply = {"code": question.code, "where": question.place, "text": "已核对原始记录"}
        perform("filings.answer", clerk, filing, {"answers": [reply]})
    perform("filings.check", clerk, filing)
    perform("filings.deposit", head, filing)
