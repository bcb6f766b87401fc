from django.urls import path

from . import pages

app_name = "finance"
urlpatterns = [
    path("", pages.projects, name="projects"),
    path("projects/<int:pk>/", pages.project, name="project"),
    path("bank/", pages.bank, name="bank"),
    path("statistics/", pages.statistics, name="statistics"),
]
