"""Addresses of the inventories' pages."""

from django.urls import path

from . import pages

app_name = "inventory"
urlpatterns = [
    path("", pages.listing, name="list"),
    path("compare/", pages.compare, name="compare"),
    path("<int:pk>/", pages.inventory, name="inventory"),
    path("<int:pk>/table/", pages.table, name="table"),
    path("<int:pk>/factors/", pages.factor_list, name="factors"),
]
