"""The shell's own addresses."""

from django.urls import path

from . import pages

app_name = "web"
urlpatterns = [
    path("", pages.home, name="home"),
    path("rules/", pages.rules, name="rules"),
    path("explain/", pages.explain_page, name="explain"),
    path("explain.json", pages.explain_json, name="explain_json"),
    path("about/", pages.about, name="about"),
    path("healthz", pages.health, name="health"),
]
