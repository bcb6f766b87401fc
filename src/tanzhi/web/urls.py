"""Addresses: every room that has pages is mounted under its own name."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from tanzhi.web.api import api

ROOMS = ("organisations", "evidence", "cases", "filings", "bulletin")

urlpatterns: list[URLPattern | URLResolver] = [
    path(f"{room}/", include(f"tanzhi.{room}.urls")) for room in ROOMS if find_spec(f"tanzhi.{room}.urls")
]
urlpatterns += [
    path("api/", api.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("", include("tanzhi.web.routes")),
]
