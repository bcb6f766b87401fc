from django.urls import path

from . import pages
from .activities import pages as activities_pages
from .audits import pages as audits_pages
from .documents import pages as documents_pages
from .pilots import pages as pilots_pages
from .rounds import pages as rounds_pages
from .tasks import pages as tasks_pages

app_name = "policy"
urlpatterns = [
    path("", documents_pages.documents, name="documents"),
    path("documents/<int:pk>/", pages.document, name="document"),
    path("tasks/", pages.tasks, name="tasks"),
    path("tasks/<int:pk>/", pages.task, name="task"),
    path("rounds/", rounds_pages.rounds, name="rounds"),
    path("rounds/<int:pk>/", rounds_pages.round_page, name="round"),
    path("rounds/<int:pk>/reports/", rounds_pages.reports, name="round_reports"),
    path("reports/<int:pk>/", rounds_pages.report, name="report"),
    path("coverage/", tasks_pages.coverage, name="coverage"),
    path("pilots/", pilots_pages.pilots, name="pilots"),
    path("pilots/<int:pk>/", pilots_pages.pilot, name="pilot"),
    path("events/", activities_pages.events, name="events"),
    path("events/<int:pk>/", activities_pages.event, name="event"),
    path("consultations/", activities_pages.consultations, name="consultations"),
    path("consultations/<int:pk>/", activities_pages.consultation, name="consultation"),
    path("visits/", activities_pages.visits, name="visits"),
    path("visits/<int:pk>/", activities_pages.visit, name="visit"),
    path("recommendations/", activities_pages.recommendations, name="recommendations"),
    path("recommendations/<int:pk>/", activities_pages.recommendation, name="recommendation"),
    path("audits/", audits_pages.audits, name="audits"),
    path("audits/<int:pk>/", audits_pages.audit, name="audit"),
]
