"""The product's settings around one plain page: the floor of `benchmark pages`."""

from __future__ import annotations

from wargame.settings import *  # noqa: F403

ROOT_URLCONF = "apps.live.benchmarks.plain_page"
