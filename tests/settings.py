"""The settings of a test run: those of the product, with the environment of this run.

pytest-django imports this before any conftest, so the environment is set here. The processes
that tests start run `wargame.settings` with the same environment.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from wargame.embedded.ports import free_port

RUN_FOLDER = Path(tempfile.mkdtemp(prefix="korean-knot-tests-"))
DATABASE = os.environ.get("WARGAME_TEST_DATABASE", "sqlite")
if DATABASE not in {"sqlite", "postgresql"}:
    raise SystemExit(f"WARGAME_TEST_DATABASE is {DATABASE!r}; it must be sqlite or postgresql")
REDIS_PORT = free_port()

if DATABASE == "postgresql":
    from tests.stack.postgresql import cluster_url

    DATABASE_URL = cluster_url(RUN_FOLDER)
else:
    DATABASE_URL = f"sqlite:///{RUN_FOLDER / 'main.sqlite3'}"

(RUN_FOLDER / "static").mkdir()

os.environ.update(
    WARGAME_SECRET_KEY="a key for tests alone, which signs nothing that lasts",
    WARGAME_DEBUG="false",
    WARGAME_HTTPS="false",
    WARGAME_ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    WARGAME_DATABASE_URL=DATABASE_URL,
    WARGAME_REDIS_URL=f"redis://127.0.0.1:{REDIS_PORT}/0",
    WARGAME_STATIC_ROOT=str(RUN_FOLDER / "static"),
    # Tests act faster than people; those of the limits themselves set the factor.
    WARGAME_LIMIT_FACTOR="1000",
)

from wargame.settings import *  # noqa: E402, F403
from wargame.settings import DATABASES  # noqa: E402

# A file, since the worker and the server that tests start open the same database.
if DATABASE == "sqlite":
    DATABASES["default"]["TEST"] = {"NAME": str(RUN_FOLDER / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
