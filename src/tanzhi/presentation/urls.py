"""Addresses of what pages share."""

from django.urls import path

from .forms import pages as forms_pages
from .preferences import pages as preferences_pages

app_name = "presentation"
urlpatterns = [
    path("act/<str:name>/", forms_pages.act, name="act"),
    path("act/<str:name>/<int:pk>/", forms_pages.act, name="act"),
    path("views/", preferences_pages.save_view, name="save_view"),
    path("views/<int:pk>/remove/", preferences_pages.drop_view, name="drop_view"),
    path("seen/", preferences_pages.dismiss, name="dismiss"),
]
