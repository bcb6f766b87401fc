from django.urls import path

from . import pages

app_name = "verification"
urlpatterns = [
    path("", pages.cases, name="cases"),
    path("cases/<int:pk>/", pages.case, name="case"),
    path("cases/<int:pk>/redetermine/", pages.redetermine, name="redetermine"),
    path("cases/<int:pk>/withdraw/", pages.withdraw_value, name="withdraw_value"),
    path("cases/<int:pk>/statement.<str:kind>", pages.statement, name="statement"),
    path("clues/", pages.clues, name="clues"),
    path("clues/<int:pk>/", pages.clue, name="clue"),
    path("conflicts/", pages.conflicts, name="conflicts"),
    path("register/", pages.key_units, name="register"),
    path("workload/", pages.load, name="workload"),
]
