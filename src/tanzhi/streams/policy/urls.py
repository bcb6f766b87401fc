from django.urls import path

from . import activity_pages, pages

app_name = "policy"
urlpatterns = [
    path("", pages.documents, name="documents"),
    path("documents/<int:pk>/", pages.document, name="document"),
    path("tasks/", pages.tasks, name="tasks"),
    path("tasks/<int:pk>/", pages.task, name="task"),
    path("rounds/", pages.rounds, name="rounds"),
    path("rounds/<int:pk>/", pages.round_page, name="round"),
    path("reports/<int:pk>/", pages.report, name="report"),
    path("coverage/", pages.coverage, name="coverage"),
    path("pilots/", activity_pages.pilots, name="pilots"),
    path("pilots/<int:pk>/", activity_pages.pilot, name="pilot"),
    path("events/", activity_pages.events, name="events"),
    path("events/<int:pk>/", activity_pages.event, name="event"),
    path("consultations/", activity_pages.consultations, name="consultations"),
    path("consultations/<int:pk>/", activity_pages.consultation, name="consultation"),
    path("visits/", activity_pages.visits, name="visits"),
    path("visits/<int:pk>/", activity_pages.visit, name="visit"),
    path("recommendations/", activity_pages.recommendations, name="recommendations"),
    path("recommendations/<int:pk>/", activity_pages.recommendation, name="recommendation"),
    path("audits/", activity_pages.audits, name="audits"),
    path("audits/<int:pk>/", activity_pages.audit, name="audit"),
]
