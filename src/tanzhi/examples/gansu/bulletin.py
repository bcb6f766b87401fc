"""The example's bulletin of the half-year, published by two people once everything else has been told."""

from __future__ import annotations

from datetime import date

from tanzhi.examples.publishing import publish

from .crew import acting, home

PERIOD, SIGNED = "2024H1", date(2024, 7, 12)


def load() -> None:
    publish(home().code, PERIOD, SIGNED, (acting("officer"), acting("director")))
