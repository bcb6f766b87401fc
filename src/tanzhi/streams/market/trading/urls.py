from django.urls import path

from . import pages

app_name = "exchange"
urlpatterns = [
    path("", pages.trades, name="trades"),
    path("<int:pk>/", pages.trade, name="trade"),
]
