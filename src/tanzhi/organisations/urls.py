from django.urls import path

from .own_people import pages as own_people_pages
from .people import pages as people_pages
from .people import sign_in_pages
from .register import pages as register_pages
from .register import region_pages
from .single_sign_on import pages as single_sign_on_pages

app_name = "organisations"
urlpatterns = [
    path("sign-in/", sign_in_pages.sign_in, name="sign_in"),
    path("sign-in/code/", sign_in_pages.one_time_code, name="one_time_code"),
    path("sign-in/provider/", single_sign_on_pages.sign_on, name="sign_on"),
    path("sign-in/provider/back/", single_sign_on_pages.sign_on_back, name="sign_on_back"),
    path("sign-out/", sign_in_pages.sign_out, name="sign_out"),
    path("invitation/<str:secret>/", sign_in_pages.invitation, name="invitation"),
    path("reset/", sign_in_pages.ask_reset, name="ask_reset"),
    path("reset/<str:secret>/", sign_in_pages.reset, name="reset"),
    path("account/", people_pages.account, name="account"),
    path("account/password/", people_pages.password, name="password"),
    path("account/one-time-codes/", people_pages.totp, name="totp"),
    path("account/confirm/", sign_in_pages.confirm_password, name="confirm"),
    path("account/language/", people_pages.language, name="language"),
    path("own-people/", own_people_pages.people, name="own_people"),
    path("people/", people_pages.people, name="people"),
    path("people/<int:pk>/", people_pages.person, name="person"),
    path("sign-on/roles/", single_sign_on_pages.role_mappings, name="role_mappings"),
    path("regions/", region_pages.regions, name="regions"),
    path("regions/choose/", region_pages.choose, name="choose_regions"),
    path("units/<int:pk>/", register_pages.unit, name="unit"),
    path("", register_pages.organisations, name="list"),
    path("<int:pk>/", register_pages.organisation, name="detail"),
]
