"""Settings: everything an installation may choose comes from the environment; the defaults run on one machine."""

import os
import secrets
from pathlib import Path

import dj_database_url

from tanzhi.web.deployment import read_deployment, read_mail, read_sign_on, whole_number
from tanzhi.web.logs import logging_settings

# Database, stored files, keys: everything that must be backed up.
VAR = Path(os.environ.get("TANZHI_VAR", "var")).resolve()
DEBUG = os.environ.get("TANZHI_DEBUG") == "1"


def _secret_key() -> str:
    """The installation's own secret, made on the first start."""
    if from_environment := os.environ.get("TANZHI_SECRET_KEY"):
        return from_environment
    place = VAR / "secret-key"
    if not place.exists():
        VAR.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.touch(mode=0o600)
        place.write_text(secrets.token_urlsafe(50))
    return place.read_text()


SECRET_KEY = _secret_key()

# Where it stands: all of this follows from TANZHI_ADDRESS and from who stands in front (`deployment`).
DEPLOYMENT = read_deployment(os.environ)
TANZHI_ADDRESS = DEPLOYMENT.address  # for links in mail
ALLOWED_HOSTS = list(DEPLOYMENT.hosts)
CSRF_TRUSTED_ORIGINS = DEPLOYMENT.trusted_origins
PROXIES, PROXY_NETWORKS = DEPLOYMENT.proxies, DEPLOYMENT.proxy_networks
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_SSL_REDIRECT = DEPLOYMENT.redirect_to_https
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^livez$", r"^metrics$"]  # watchdogs ask on loopback, without TLS
SECURE_HSTS_SECONDS = DEPLOYMENT.hsts_seconds
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = DEPLOYMENT.https
# Not ours to decide: what other sites stand under the same domain name.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "ninja",
    "tanzhi.evidence",
    "tanzhi.actions",
    "tanzhi.law",
    "tanzhi.presentation",
    "tanzhi.organisations",
    "tanzhi.workflow",
    "tanzhi.office",
    "tanzhi.figures",
    "tanzhi.filings",
    "tanzhi.streams.policy",
    "tanzhi.streams.verification",
    "tanzhi.streams.market",
    "tanzhi.streams.market.trading",
    "tanzhi.streams.inventory",
    "tanzhi.streams.intensity",
    "tanzhi.streams.finance",
    "tanzhi.streams.ccer",
    "tanzhi.bulletin",
    "tanzhi.web",
]

MIDDLEWARE = [
    "tanzhi.web.api_errors.ApiErrorsMiddleware",
    "tanzhi.web.client_address.ProxyMiddleware",
    "tanzhi.web.requests_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads each answer by chance, so that its length tells no secret in it
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "tanzhi.web.middleware.ActorMiddleware",
]

CSRF_FAILURE_VIEW = "tanzhi.web.fault_pages.csrf_failure"
ROOT_URLCONF = "tanzhi.web.urls"
WSGI_APPLICATION = "tanzhi.web.wsgi.application"

# A feature has its templates in its own folder, inside its room or stream.
SOURCE = Path(__file__).parents[1]
FEATURE_TEMPLATES = sorted(path for depth in ("*/*", "*/*/*") for path in SOURCE.glob(f"{depth}/templates"))

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "DIRS": FEATURE_TEMPLATES,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "tanzhi.web.context.shell",
            ],
        },
    }
]

POOL = whole_number(os.environ, "TANZHI_DATABASE_POOL", 0)  # set by `tanzhi serve`: as many as it answers at once
TANZHI_THREADS = POOL or 4  # requests that a process answers at once
TANZHI_IDLE_CONNECTIONS = POOL  # of SQLite, in a serving process; commands close theirs
DATABASES = {"default": dj_database_url.config("TANZHI_DATABASE", default=f"sqlite:///{VAR / 'tanzhi.sqlite3'}")}
# Engines that note every row written, so that the act which wrote it answers for it in the log.
TANZHI_REFUSE_UNCOVERED = False  # tests set it: rows that no entry covers end the transaction
DATABASES["default"]["ENGINE"] = DATABASES["default"]["ENGINE"].replace("django.db.backends", "tanzhi.evidence.engines")
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "cached_statements": 1024,  # an act asks dozens, each with the triggers of its table to be compiled: none twice
        # FULL: an acknowledged deposit or posting survives a power cut; 16 MB of pages, since a long log is looked up
        # by digest, all over its index
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384"
        ),
    }

elif POOL:
    # Opened once and lent to requests; one that the database closed meanwhile is noticed before it is lent.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {"min_size": 1, "max_size": POOL, "timeout": 20}
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

AUTH_USER_MODEL = "organisations.Person"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("sign_in_name", "name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "organisations:sign_in"
LOGIN_REDIRECT_URL = "web:home"
SIGN_ON = read_sign_on(os.environ)  # an OpenID Connect provider, beside the sign-in with a password
SESSION_COOKIE_AGE = 8 * 3600
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "tanzhi.web.client_address.client_address"
AXES_LOCKOUT_CALLABLE = "tanzhi.organisations.people.sign_in_pages.locked_out"
AXES_USERNAME_FORM_FIELD = "username"  # what the sign-in form calls it, not what the model does

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tanzhi.web.static_files.DigestedStaticFiles"},
}
MEDIA_ROOT = VAR / "files"
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 2**20
# A grid sends its rows as one field; these are the inputs of one of 2,000 rows where the page's script does not run.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 80_000
MAIL = read_mail(os.environ)
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if MAIL.host else 'locmem'}.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_SSL, EMAIL_USE_TLS = MAIL.is_encrypted, MAIL.becomes_encrypted
EMAIL_TIMEOUT = 10  # seconds for which somebody who invites waits for a server that does not answer
DEFAULT_FROM_EMAIL = MAIL.sender or "webmaster@localhost"

# Time codes are compulsory for administrators and directors; "off" only where nothing real is kept (the example).
# The largest paper of an application for an account, which anybody may send.
TANZHI_PAPER_MEGABYTES = whole_number(os.environ, "TANZHI_PAPER_MEGABYTES", 5)
TANZHI_TIME_CODES = os.environ.get("TANZHI_TIME_CODES", "")

# Region code of the home province; empty: the only province loaded.
TANZHI_PROVINCE = os.environ.get("TANZHI_PROVINCE", "")

# Under what the installation gives its data away; without, the page says that nothing is stated.
TANZHI_DATA_LICENCE_ZH = os.environ.get("TANZHI_DATA_LICENCE_ZH", "")
TANZHI_DATA_LICENCE_EN = os.environ.get("TANZHI_DATA_LICENCE_EN", "")

# Web hooks: a file of authorities that vouch for receivers' certificates, where the system's own do not.
HOOKS_CA = os.environ.get("TANZHI_HOOKS_CA", "")
HOOKS_TO_LOOPBACK = False  # tests alone have a receiver on this machine; no installation can choose it

# The day on which an example stands still (2024-07-16); empty: the calendar's own day.
TANZHI_TODAY = os.environ.get("TANZHI_TODAY", "")

# The log: people's lines by default, a program's with TANZHI_LOG=json (`logs`).
LOGGING = logging_settings(
    os.environ.get("TANZHI_LOG", "text"),
    os.environ.get("TANZHI_LOG_LEVEL", "INFO"),
    messages=os.environ.get("TANZHI_LOG_MESSAGES") == "1",
)

# Health (`health`): above these thresholds a watchdog is answered "not ok".
HEALTH_UNSEALED_SECONDS = whole_number(os.environ, "TANZHI_HEALTH_UNSEALED_SECONDS", 120)
HEALTH_WORKER_SECONDS = whole_number(os.environ, "TANZHI_HEALTH_WORKER_SECONDS", 60)
HEALTH_DISK_MEGABYTES = whole_number(os.environ, "TANZHI_HEALTH_DISK_MEGABYTES", 1024)
METRICS_TOKEN = os.environ.get("TANZHI_METRICS_TOKEN", "")
