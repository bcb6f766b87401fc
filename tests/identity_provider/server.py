"""The provider's own process: `python -m tests.identity_provider.server FOLDER PORT REDIRECT...`."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

import django
from django.conf import settings

from tests.identity_provider import CLIENT, PASSWORD, SECRET

FOLDER, PORT, REDIRECTS = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:]
LOGIN = """<!doctype html><html lang="en"><title>Provider</title><h1>Provider</h1><form method="post">{% csrf_token %}
{{ form.as_p }}<button type="submit">Sign in at the provider</button></form></html>"""

os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"  # loopback, without TLS
settings.configure(
    SECRET_KEY="of the tests alone",
    DEBUG=False,
    ALLOWED_HOSTS=["127.0.0.1"],
    USE_TZ=True,
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": FOLDER / "provider.sqlite3"}},
    PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    INSTALLED_APPS=[
        "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "oauth2_provider",
    ],
    MIDDLEWARE=[
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
    TEMPLATES=[
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", {"registration/login.html": LOGIN})],
                "context_processors": ["django.template.context_processors.request"],
            },
        }
    ],
    ROOT_URLCONF=__name__,
    LOGIN_URL="/login/",
    # a browser keeps the cookies of a host together, whatever the port
    SESSION_COOKIE_NAME="provider_session",
    CSRF_COOKIE_NAME="provider_csrf",
    OAUTH2_PROVIDER={
        "OIDC_ENABLED": True,
        "OIDC_RSA_PRIVATE_KEY": (FOLDER / "key.pem").read_text(),
        "OIDC_ISS_ENDPOINT": f"http://127.0.0.1:{PORT}/o",
        "SCOPES": {"openid": "who", "email": "mail"},
        "OAUTH2_VALIDATOR_CLASS": f"{__name__}.Validator",
    },
)  # fmt: skip
django.setup()

from django.contrib.auth.models import User  # noqa: E402  once Django is set up
from django.contrib.auth.views import LoginView  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.core.servers.basehttp import run  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402
from django.urls import include, path  # noqa: E402
from oauth2_provider.models import Application  # noqa: E402
from oauth2_provider.oauth2_validators import OAuth2Validator  # noqa: E402

urlpatterns = [path("o/", include("oauth2_provider.urls")), path("login/", LoginView.as_view())]


def claims_of(username: str) -> dict[str, Any]:
    claims: dict[str, Any] = json.loads((FOLDER / "claims.json").read_text()).get(username, {})
    return claims


class Validator(OAuth2Validator):  # type: ignore[misc]  # the toolkit has no types
    """The toolkit's own, with the claims that the tests state; named like the protocol's, they take their place."""

    oidc_claim_scope = None

    def get_id_token_dictionary(self, token: Any, token_handler: Any, request: Any) -> Any:
        claims, expires = super().get_id_token_dictionary(token, token_handler, request)
        stated = claims_of(request.user.username)
        stated.pop("broken", None)
        return claims | stated, expires

    def finalize_id_token(self, id_token: Any, token: Any, token_handler: Any, request: Any) -> str:
        made = str(super().finalize_id_token(id_token, token, token_handler, request))
        if not claims_of(request.user.username).get("broken"):
            return made
        body, _, signature = made.rpartition(".")
        return f"{body}.{'A' if signature[0] != 'A' else 'B'}{signature[1:]}"


def main() -> None:
    call_command("migrate", verbosity=0)
    Application.objects.create(
        client_id=CLIENT, client_secret=SECRET, client_type="confidential", algorithm="RS256", name="Tanzhi",
        authorization_grant_type="authorization-code", redirect_uris=" ".join(REDIRECTS), skip_authorization=True,
    )  # fmt: skip
    for username in json.loads((FOLDER / "claims.json").read_text()):
        User.objects.create_user(username, password=PASSWORD)
    run("127.0.0.1", PORT, get_wsgi_application(), threading=True)


if __name__ == "__main__":
    sys.modules["tests.identity_provider.server"] = sys.modules["__main__"]
    main()
