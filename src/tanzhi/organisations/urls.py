from django.urls import path

from . import pages, sign_in_pages

app_name = "organisations"
urlpatterns = [
    path("sign-in/", sign_in_pages.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in_pages.one_time_code, name="one_time_code"),
    path("sign-out/", sign_in_pages.sign_out, name="sign_out"),
    path("invitation/<str:secret>/", sign_in_pages.invitation, name="invitation"),
    path("reset/", sign_in_pages.ask_reset, name="ask_reset"),
    path("reset/<str:secret>/", sign_in_pages.reset, name="reset"),
    path("account/", pages.account, name="account"),
    path("account/password/", pages.password, name="password"),
    path("account/one-time-codes/", pages.totp, name="totp"),
    path("account/confirm/", sign_in_pages.confirm_password, name="confirm"),
    path("account/language/", pages.language, name="language"),
    path("people/", pages.people, name="people"),
    path("people/<int:pk>/", pages.person, name="person"),
    path("regions/", pages.regions, name="regions"),
    path("units/<int:pk>/", pages.unit, name="unit"),
    path("", pages.organisations, name="list"),
    path("<int:pk>/", pages.organisation, name="detail"),
]
