from django.urls import path

from . import line_page, pages

app_name = "registry"
urlpatterns = [
    path("", pages.accounts, name="accounts"),
    path("accounts/<int:pk>/", pages.account, name="account"),
    path("runs/", pages.runs, name="runs"),
    path("runs/<int:pk>/", pages.run, name="run"),
    path("runs/lines/<int:pk>/", line_page.line, name="line"),
    path("compliance/", pages.cycles, name="cycles"),
    path("compliance/<int:pk>/", pages.compliance, name="compliance"),
    path("surrenders/<int:pk>/", pages.surrender, name="surrender"),
]
