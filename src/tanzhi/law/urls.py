"""Addresses of the law."""

from django.urls import path

from . import pages

app_name = "law"
urlpatterns = [
    path("lacking/", pages.lacking_page, name="lacking"),
    path("parameters/<str:guideline>/<str:name>/", pages.parameter, name="parameter"),
]
