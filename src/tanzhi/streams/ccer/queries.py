"""What other rooms may ask of CCER projects."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from tanzhi.organisations.register.model import Region

from .models import CreditProject

__all__ = ["CLAIMS", "admitted", "claims_on", "names_by_number", "project_by_number"]

CLAIMS: list[Callable[[str], Iterable[Any]]] = []
"""Rooms that stand on this one say here which of their records claim a project's tonnes; each has a name and a page."""


def claims_on(number: str) -> list[Any]:
    """Every claim on the tonnes of the project with this number, whichever room holds it."""
    return [claim for ask in CLAIMS for claim in ask(number)]


def project_by_number(number: str) -> CreditProject | None:
    """The project with this number of the province's library."""
    return CreditProject.objects.filter(number=number).first() if number else None


def names_by_number(numbers: Iterable[str]) -> dict[str, CreditProject]:
    """Many projects with one query."""
    return {project.number: project for project in CreditProject.objects.filter(number__in=[n for n in numbers if n])}


def admitted(region: Region, until: date) -> list[CreditProject]:
    """The projects that the province's library had taken in by a day."""
    rows = CreditProject.objects.filter(region__path__startswith=region.path, admitted_on__lte=until)
    return list(rows.select_related("owner", "region").order_by("number"))
