"""Addresses of the filings' pages."""

from django.urls import path

from . import pages

app_name = "filings"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("open/", pages.open_filing, name="open"),
    path("matrix/", pages.matrix, name="matrix"),
    path("<int:pk>/", pages.filing, name="filing"),
    path("<int:pk>/save/", pages.save, name="save"),
    path("<int:pk>/upload/", pages.upload, name="upload"),
    path("<int:pk>/attach/", pages.attach, name="attach"),
    path("<int:pk>/template.xlsx", pages.template_file, name="template"),
    path("<int:pk>/receipt.json", pages.receipt, name="receipt"),
    path("<int:pk>/do/<str:name>/", pages.act, name="act"),
]
