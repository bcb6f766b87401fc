"""Addresses of what pages share."""

from django.urls import path

from . import pages

app_name = "presentation"
urlpatterns = [
    path("act/<str:name>/", pages.act, name="act"),
    path("act/<str:name>/<int:pk>/", pages.act, name="act"),
    path("views/", pages.save_view, name="save_view"),
    path("views/<int:pk>/remove/", pages.drop_view, name="drop_view"),
    path("seen/", pages.dismiss, name="dismiss"),
]
