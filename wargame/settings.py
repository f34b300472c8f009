"""Settings, driven by the environment; every variable is described in docs/operations.md.

Defaults are the safe ones for production; `script/server` sets the variables of the embedded
default.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environ.fileaware_mapping import FileAwareMapping

from wargame.broker import DEAD_AFTER_SECONDS, BadBrokerError, transport_options
from wargame.logs import configure_logging
from wargame.observation.reporting import start_error_reports
from wargame.release import RELEASE

BASE_DIR = Path(__file__).resolve().parent.parent
# A value may also lie in a file: WARGAME_SECRET_KEY_FILE names one for WARGAME_SECRET_KEY.
env = environ.FileAwareEnv()
env.ENVIRON = FileAwareMapping(cache=False)  # else a secret would be put into os.environ

# --- Safety -----------------------------------------------------------------------------------

DEBUG = env.bool("WARGAME_DEBUG", default=False)
SECRET_KEY = env.str("WARGAME_SECRET_KEY", default="")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "WARGAME_SECRET_KEY is not set. Give it 50 or more random characters, for example from "
        "`python3 -c 'import secrets; print(secrets.token_urlsafe(50))'`; script/server makes one."
    )
SECRET_KEY_FALLBACKS = env.list("WARGAME_SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("WARGAME_ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("WARGAME_TRUSTED_ORIGINS", default=[])

# One switch for a server that people reach over plain HTTP (the embedded default on localhost).
HTTPS = env.bool("WARGAME_HTTPS", default=True)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
SESSION_COOKIE_AGE = int(timedelta(days=14).total_seconds())
# Sessions stay in the database: pages go on while Redis is away.
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = env.int("WARGAME_HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("WARGAME_HSTS_SUBDOMAINS", default=HTTPS)
SECURE_HSTS_PRELOAD = env.bool("WARGAME_HSTS_PRELOAD", default=HTTPS)
BEHIND_PROXY = env.bool("WARGAME_BEHIND_PROXY", default=False)
RATELIMIT_IP_META_KEY = "apps.accounts.addresses.client_address"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- Parts ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "channels",
    "django_celery_beat",
    "django_htmx",
    "csp",
    "wargame.deployment",
    "apps.accounts",
    "apps.scenarios",
    "apps.journal",
    "apps.games",
    "apps.live",
    "apps.facilitation",
    "apps.replay",
    "apps.simulation",
]
MIDDLEWARE = [
    "wargame.logs.RequestIdMiddleware",
    "wargame.observation.requests.MetricsMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "wargame.logs.PersonIdMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "wargame.urls"
ASGI_APPLICATION = "wargame.asgi.application"
WSGI_APPLICATION = "wargame.wsgi.application"
AUTH_USER_MODEL = "accounts.Person"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "/control/"
LOGOUT_REDIRECT_URL = "/"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "libraries": {"modules": "wargame.module_links"},
            "builtins": ["apps.scenarios.templatetags.scenario_language"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
            ],
        },
    },
]

# --- Database ---------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url(
        "WARGAME_DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'korean-knot.sqlite3'}"
    )
}
_database = DATABASES["default"]
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at the start of a
    # transaction, so that two writers wait for each other instead of failing half way.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": env.int("WARGAME_SQLITE_TIMEOUT", default=20),
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; "
        "PRAGMA busy_timeout=20000; PRAGMA cache_size=-16000; PRAGMA foreign_keys=ON;",
    }
    # Opening the file, its settings and its schema again costs more than most of our queries.
    _database["CONN_MAX_AGE"] = 600
elif _database["ENGINE"] == "django.db.backends.postgresql":
    # Persistent connections hurt under ASGI, where threads come and go: the driver's pool is
    # the right tool. (A worker has one thread a process, and does without: wargame/celery.py.)
    _database["CONN_MAX_AGE"] = 0
    _database.setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.int("WARGAME_DATABASE_POOL", default=10),
        "timeout": 10,
        # While the database is away the pool tries ever more rarely, for this long. By then
        # somebody asks for a connection anew, which is tried at once.
        "reconnect_timeout": 4,
    }
# After a restart of the database every connection that was kept is dead. Each is tried before
# it is used, or people would meet an error for each of them.
_database["CONN_HEALTH_CHECKS"] = True

# --- Redis: cache and channel layer; Redis or RabbitMQ: task queue ----------------------------

REDIS_URL = env.str("WARGAME_REDIS_URL", default="redis://127.0.0.1:6379/0")
REDIS_CHANNEL_HOSTS = env.list("WARGAME_REDIS_CHANNEL_HOSTS", default=[REDIS_URL])
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "KEY_PREFIX": "knot",
        "OPTIONS": {"socket_connect_timeout": 2, "socket_timeout": 5},
    }
}
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {
            # The layer spreads the games over these by their names: the same order everywhere.
            # Without `socket_timeout: None` redis-py 8 closes an idle subscription after 5 s.
            "hosts": [
                {"address": address, "socket_timeout": None, "socket_connect_timeout": 2}
                for address in REDIS_CHANNEL_HOSTS
            ]
        },
    }
}
CELERY_BROKER_URL = env.str("WARGAME_BROKER_URL", default=REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_ACKS_ON_FAILURE_OR_TIMEOUT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0.1}
# A killed worker's task goes to another. Tasks may therefore run twice, and every one of them has
# its effect once.
try:
    CELERY_BROKER_TRANSPORT_OPTIONS = transport_options(
        CELERY_BROKER_URL, visibility_timeout=env.int("WARGAME_VISIBILITY_TIMEOUT", default=10)
    )
except BadBrokerError as error:
    raise ImproperlyConfigured(str(error)) from error
CELERY_BROKER_HEARTBEAT = DEAD_AFTER_SECONDS
CELERY_TASK_DEFAULT_QUEUE = "turns"
CELERY_TASK_ROUTES = {
    "apps.games.tasks.*": {"queue": "turns"},
    "apps.simulation.tasks.*": {"queue": "simulations"},
    "apps.replay.tasks.*": {"queue": "simulations"},
}
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
SWEEP_SECONDS = env.float("WARGAME_SWEEP_SECONDS", default=2.0)
HEARTBEAT_SECONDS = env.float("WARGAME_HEARTBEAT_SECONDS", default=5.0)
RETENTION_DAYS = env.int("WARGAME_RETENTION_DAYS", default=0)
"""Days after which a session that is over is deleted with its journal; 0 keeps all."""
CELERY_BEAT_SCHEDULE = {
    "sweep deadlines": {
        "task": "apps.games.tasks.sweep_deadlines",
        "schedule": SWEEP_SECONDS,
        # Sweeps that nobody took must not pile up while the workers are away; but one that a slow
        # worker takes late is as good as any, and dropping all of those would close no turn.
        # (`expire_seconds` is the scheduler's own name: it drops Celery's `expires`.)
        "options": {"expire_seconds": 60},
    },
    "worker heartbeat": {
        "task": "apps.games.tasks.heartbeat",
        "schedule": HEARTBEAT_SECONDS,
        "options": {"expire_seconds": 60},
    },
    "delete sessions past retention": {
        "task": "apps.games.tasks.delete_past_retention",
        "schedule": 86400.0,
        "options": {"expire_seconds": 86400},
    },
    "delete old solo games": {
        "task": "apps.games.tasks.delete_old_solo_games",
        "schedule": 3600.0,
        "options": {"expire_seconds": 3600},
    },
    "resume stalled studies": {
        "task": "apps.simulation.tasks.resume_stalled",
        "schedule": 60.0,
        "options": {"expire_seconds": 60},
    },
}

# What people may do in a minute (apps/games/limits.py), as a multiple of the built-in limits.
LIMIT_FACTOR = env.float("WARGAME_LIMIT_FACTOR", default=1.0)
# How many games of one person alone may be open at a time; 0 closes that door.
SOLO_GAMES = env.int("WARGAME_SOLO_GAMES", default=300)
# After how many days without its player a game of one anonymous person is deleted.
SOLO_DAYS = env.int("WARGAME_SOLO_DAYS", default=14)

# --- Language, time, files --------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ko", "한국어"), ("ru", "Русский")]  # each by its own name
USE_I18N = True
LOCALE_PATHS = [BASE_DIR / "locale"]  # compiled by script/setup; docs/translations.md
FORMAT_MODULE_PATH = "wargame.formats"
LANGUAGE_COOKIE_AGE = int(timedelta(days=365).total_seconds())
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_SECURE = HTTPS
LANGUAGE_COOKIE_HTTPONLY = True
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("WARGAME_STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "wargame.static_files.BundledFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = DEBUG
# Pages of the release before ask for the plain names too.
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# --- Logs -------------------------------------------------------------------------------------

LOG_LEVEL = env.str("WARGAME_LOG_LEVEL", default="INFO")
LOG_FORMAT = env.str("WARGAME_LOG_FORMAT", default="console" if DEBUG else "json")
LOGGING = configure_logging(level=LOG_LEVEL, style=LOG_FORMAT)

# --- Observation ------------------------------------------------------------------------------

METRICS_TOKEN = env.str("WARGAME_METRICS_TOKEN", default="")
start_error_reports(
    env.str("WARGAME_SENTRY_DSN", default=""),
    environment=env.str("WARGAME_ENVIRONMENT", default="production"),
    release=RELEASE,
)
