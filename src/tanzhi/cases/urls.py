from django.urls import path

from . import letter_pages, pages

app_name = "cases"
urlpatterns = [
    path("attachments/<int:pk>/", pages.attachment, name="attachment"),
    path("deadlines/", pages.deadlines, name="deadlines"),
    path("letters/<int:pk>/", letter_pages.letter, name="letter"),
    path("letters/<int:pk>/letter.<str:kind>", letter_pages.letter_file, name="letter_file"),
    path("proposals/<int:pk>/", pages.proposal, name="proposal"),
]
