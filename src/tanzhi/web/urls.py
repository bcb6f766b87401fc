"""Addresses: every room that has pages is mounted under its own name."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = ("organisations", "evidence", "filings", "figures", "bulletin", "web")

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        "" if room == "web" else f"{room}/",
        include(f"tanzhi.{room}.routes" if room == "web" else f"tanzhi.{room}.urls"),
    )
    for room in ROOMS
    if find_spec(f"tanzhi.{room}.routes" if room == "web" else f"tanzhi.{room}.urls")
]
