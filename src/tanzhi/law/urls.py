"""Addresses of the law."""

from django.urls import path

from . import earlier_pages, pages

app_name = "law"
urlpatterns = [
    path("lacking/", pages.lacking_page, name="lacking"),
    path("earlier/", earlier_pages.earlier, name="earlier"),
    path("earlier/<int:pk>/", earlier_pages.comparison, name="comparison"),
    path("parameters/<str:guideline>/<str:name>/", pages.parameter, name="parameter"),
]
