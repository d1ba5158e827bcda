"""Settings, all from the environment; README.md has the table, .env.example the examples.

A value that makes no sense is refused at start by the name of its variable.
"""

from datetime import timedelta
from importlib.util import find_spec
from pathlib import Path
from zoneinfo import available_timezones

from django.core.exceptions import ImproperlyConfigured

from tracker import secret_key
from tracker.environment import Environment, read_environment_file, refuse

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

read_environment_file(BASE_DIR / ".env")
env = Environment()

# Which kind of place this is

ENVIRONMENT = env.choice("ENVIRONMENT", ("production", "development"), "production")
PRODUCTION = ENVIRONMENT == "production"
DEBUG = env.switch("DEBUG", default=False)
if DEBUG and PRODUCTION:
    refuse("DEBUG", DEBUG, "off when ENVIRONMENT is production: its error pages show secrets")

SECRET_KEY = env.text("SECRET_KEY")
if SECRET_KEY:
    SECRET_KEY = secret_key.checked(SECRET_KEY)
elif PRODUCTION:
    raise ImproperlyConfigured(
        f"SECRET_KEY is empty; in production it must be given: {secret_key.HOW_TO_MAKE_ONE}. "
        "For a site on this machine only, set ENVIRONMENT=development, as `make run` does."
    )
else:
    SECRET_KEY = secret_key.kept_in(VAR_DIR / "secret-key")

# Who may ask, and how

ALLOWED_HOSTS = env.words(
    "ALLOWED_HOSTS", () if PRODUCTION else ("localhost", "127.0.0.1", "[::1]")
)
if not ALLOWED_HOSTS:
    refuse("ALLOWED_HOSTS", "", "the host names of the site, with commas between them")
for host in ALLOWED_HOSTS:
    if "/" in host:
        refuse("ALLOWED_HOSTS", host, "a host name alone, without https:// and path")

CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
for origin in CSRF_TRUSTED_ORIGINS:
    if not origin.startswith(("https://", "http://")):
        refuse("CSRF_TRUSTED_ORIGINS", origin, "an origin with its scheme: https://example.org")

BEHIND_PROXY = env.switch("BEHIND_PROXY", default=False)
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

SECURE_SSL_REDIRECT = env.switch("SECURE_SSL_REDIRECT", default=PRODUCTION)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = env.whole_number("SECURE_HSTS_SECONDS", 31_536_000 if PRODUCTION else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.switch("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=PRODUCTION)
SESSION_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_SECURE = PRODUCTION

SILENCED_SYSTEM_CHECKS = [
    # Preloading HSTS binds a whole domain for years in every browser: its owner's act, not ours.
    "security.W021",
]

# A page of the admin holds a record with all its rows, past Django's thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5_000

# The names people use, where those of the standard are longer.
COUNTRIES_OVERRIDE = {"GB": "United Kingdom", "KR": "South Korea", "US": "United States"}

# What the browser may do

X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY = ", ".join(
    f"{power}=()" for power in ("camera", "geolocation", "microphone", "payment", "usb")
)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}

# What the site is made of

INSTALLED_APPS = [
    "announcements",
    "axes",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "csp",
    "django_countries",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "import_export",
    "rest_framework",
    "simple_history",
]

MIDDLEWARE = [
    *(["tracker.forwarded.ForwardedForMiddleware"] if BEHIND_PROXY else []),
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # The one secret in a page, the token of a form, is masked anew for every answer, so that the
    # size of a compressed page tells nothing about it. Outside ConditionalGet: an ETag is of the
    # page, not of how it was packed.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "tracker.headers.PermissionsPolicyMiddleware",
    "tracker.headers.ReadableFromAnywhereMiddleware",
    "tracker.plain_text.NulMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    # Whoever is logged in wrote what a request writes.
    "simple_history.middleware.HistoryRequestMiddleware",
]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
CSRF_FAILURE_VIEW = "tracker.errors.csrf_failure"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Who fails to log in too often, by name and address, has to wait. Kept in the database, which every
# process shares, until the next failed login after the wait.

AUTHENTICATION_BACKENDS = [
    "tracker.logins.GuardedBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AXES_FAILURE_LIMIT = env.whole_number("LOGIN_FAILURE_LIMIT", 5)
AXES_COOLOFF_TIME = timedelta(minutes=env.whole_number("LOGIN_COOLOFF_MINUTES", 15))
if not AXES_FAILURE_LIMIT:
    refuse("LOGIN_FAILURE_LIMIT", AXES_FAILURE_LIMIT, "1 or more: with 0 nobody could log in")
if not AXES_COOLOFF_TIME:
    refuse("LOGIN_COOLOFF_MINUTES", 0, "1 or more: with 0 nobody would have to wait")
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "tracker.logins.locked_out"
AXES_CLIENT_IP_CALLABLE = "tracker.logins.address_of"
AXES_RESET_ON_SUCCESS = True
# Waiting is not begun anew by guessing on.
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_DISABLE_ACCESS_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# The API: everybody may read, nobody logs in, and whoever asks too often has to wait.

API_REQUESTS_PER_MINUTE = env.whole_number("API_REQUESTS_PER_MINUTE", 300)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "announcements.api.negotiation.AlwaysJson",
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "announcements.api.errors.as_problem",
    "UNAUTHENTICATED_USER": None,
    # A parameter that nothing knows is an error here, this one too.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Open-Source AI Tracker",
    "VERSION": "1.0.0",
    "DESCRIPTION": "Who promised to open an AI model, what came of it, and which concerns were raised.",
    "LICENSE": {"name": "CC-BY-4.0", "url": "https://creativecommons.org/licenses/by/4.0/"},
    "SCHEMA_PATH_PREFIX": "/api/v[0-9]+",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": ["announcements.api.openapi.with_schemas"],
}
# What pages of other sites may read, without cookies: the API, oEmbed, and whatever is a file.
READABLE_FROM_ANYWHERE = (
    r"^/(?:api|oembed)/"
    r"|^/(?!admin/|static/).*\.(?:atom|bib|csv|ics|json|ndjson|sqlite3?|svg|xlsx|xml|zip)$"
)

# Where things are kept

database = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR.name}/tracker.sqlite3")
if database["ENGINE"] == "django.db.backends.sqlite3":
    if database["NAME"] != ":memory:":
        database["NAME"] = BASE_DIR / database["NAME"]
        database["NAME"].parent.mkdir(parents=True, exist_ok=True)
    # One connection a thread, for good: opening one costs more than most queries.
    database["CONN_MAX_AGE"] = None
    database["OPTIONS"] = {
        # A transaction that reads first and writes later would fail instead of waiting its turn.
        "transaction_mode": "IMMEDIATE",
        "timeout": 10,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    } | database.get("OPTIONS", {})
else:
    if not find_spec("psycopg"):
        raise ImproperlyConfigured(
            "DATABASE_URL names PostgreSQL, whose driver is not installed: "
            "pip install --require-hashes -r requirements/production.txt"
        )
    database["CONN_MAX_AGE"] = env.whole_number("DATABASE_CONN_MAX_AGE", 60)
    database["CONN_HEALTH_CHECKS"] = True
    database["OPTIONS"] = {"connect_timeout": 5} | database.get("OPTIONS", {})
DATABASES = {"default": database}

cache = env.cache("CACHE_URL", "locmemcache://")
if "redis" in cache["BACKEND"] and not find_spec("redis"):
    raise ImproperlyConfigured(
        "CACHE_URL names Redis, whose driver is not installed: "
        "pip install --require-hashes -r requirements/production.txt"
    )
CACHES = {"default": {"KEY_PREFIX": "tracker", **cache}}

# Relative to the checkout, unless it begins with a slash.
DOWNLOADS_DIR = BASE_DIR / env.text("DOWNLOADS_DIR", f"{VAR_DIR.name}/downloads")

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
# Development serves each file from where it is written, production what `collectstatic` gathered.
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = not PRODUCTION
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

# Language and time

LANGUAGE_CODE = "en-us"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "UTC")
if TIME_ZONE not in {"UTC", *available_timezones()}:
    refuse("TIME_ZONE", TIME_ZONE, "a name of the time zone database: UTC, Europe/Berlin")

# Django 6's default already: an address typed without a scheme means https.
FORMS_URLFIELD_ASSUME_HTTPS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# What is told to the operator

LOG_LEVEL = env.choice("LOG_LEVEL", ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "INFO")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "tracker.logs.JsonFormatter"},
        "plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": "json" if PRODUCTION else "plain",
        },
    },
    "root": {"handlers": ["stderr"], "level": LOG_LEVEL},
    "loggers": {
        # Django's own handlers (a console in debug mode, mail to nobody) would say it twice.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Who fails and who is locked out, by a warning; what is tidied up at every login, not at all.
        "axes": {"level": "WARNING"},
        # Django answers HEAD with a body, gunicorn drops it and would warn of it every time.
        "gunicorn.http.wsgi": {"level": "ERROR"},
    },
}
