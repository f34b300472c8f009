"""Static files as they are collected: sheets bundled and made small, every name hashed.

A page links its sheet, which imports its parts; a browser follows these imports by itself, so that
nothing has to be built while one works on a sheet. When the files are collected, each sheet of
ours becomes one file with its imports in it: a page is painted only when all of its sheets are
there, and a request for each part would come after the sheet that names it.

Modules keep to their files, and import each other by hashed names: what a browser holds of one
release never meets the other half of the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import lightningcss
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

MODULE_IMPORTS = (
    (r'(?P<matched>\bfrom\s*"(?P<url>\.[^"]+)")', 'from "%(url)s"'),
    (r'(?m)(?P<matched>^import\s*"(?P<url>\.[^"]+)")', 'import "%(url)s"'),
)
"""How a module of ours names another, and how the hashed name is written in its place."""


class BundledFilesStorage(CompressedManifestStaticFilesStorage):
    """Whitenoise's storage (hashed names, compressed copies) over bundled sheets."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        # Django can do this for every script there is, and then stumbles over comments in those
        # of packages: so for our own folders alone.
        self.patterns += tuple((f"{folder}/*.js", MODULE_IMPORTS) for folder in our_folders())
        super().__init__(*args, **kwargs)

    def post_process(
        self, paths: dict[str, tuple[Any, str]], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Hash and compress the files of `paths`, a file's name to its storage and path there.

        Raises:
            ValueError: a sheet of ours cannot be read or imports one that is missing.
        """
        bundled = {
            name: (Bundles(storage), path) if name.endswith(".css") and is_ours(storage) else found
            for name, found in paths.items()
            for storage, path in [found]
        }
        yield from super().post_process(bundled, dry_run=dry_run, **options)


class Bundles:
    """The sheets of a storage, each with its imports in it."""

    def __init__(self, storage: FileSystemStorage) -> None:
        self._storage = storage

    def open(self, path: str) -> ContentFile:
        """The bundle of the sheet at `path`."""
        return ContentFile(bundle_of(Path(self._storage.path(path))).encode())


def is_ours(storage: Any) -> bool:
    """Whether a storage holds files of this repository; those of packages are left as they are."""
    folders = [Path(folder) for folder in settings.STATICFILES_DIRS]
    return isinstance(storage, FileSystemStorage) and Path(storage.location) in folders


def our_folders() -> list[str]:
    """The folders of static files of this repository: "design", "games" and so on."""
    places = [Path(place) for place in settings.STATICFILES_DIRS]
    return sorted(found.name for place in places for found in place.iterdir() if found.is_dir())


def bundle_of(sheet: Path) -> str:
    """The text of a sheet with what it imports, without comments and spaces.

    Raises:
        ValueError: the sheet, or one that it imports, is missing or has an error; names the sheet.
    """
    try:
        return lightningcss.bundle_css(str(sheet))
    except (ValueError, OSError, RuntimeError) as error:
        raise ValueError(f"{sheet}: {error}") from error
