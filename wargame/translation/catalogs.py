"""Where the catalogs are, and their compilation. Run by script/setup and the image's build.

`python -m wargame.translation.catalogs` needs no settings and no gettext of the system.
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from babel.messages import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po, write_po

ROOT = Path(__file__).resolve().parent.parent.parent
LOCALE = ROOT / "locale"
DOMAIN = "django"
WRITTEN = datetime(2026, 11, 24, tzinfo=UTC)
"""The date in every header; the history of a catalog is that of its file."""


def sources(folder: Path = LOCALE) -> list[Path]:
    """The catalogs as people write them, by language."""
    return sorted(folder.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def read(source: Path) -> Catalog:
    """A catalog from its file; its locale is the name of the folder.

    Raises PoFileError with file and line for a file that is no catalog.
    """
    with source.open("rb") as file:
        try:
            return read_po(file, locale=source.parts[-3], abort_invalid=True)
        except PoFileError as error:
            raise PoFileError(
                f"{source}: {error}", error.catalog, error.line, error.lineno
            ) from None


def new(language: str) -> Catalog:
    """An empty catalog of a language."""
    return Catalog(
        locale=language,
        project="Korean Knot",
        version="0",
        copyright_holder="The authors of Korean Knot",
        msgid_bugs_address="docs/translations.md",
        last_translator="docs/translations.md",
        language_team=language,
        header_comment=f"# The interface in the language {language!r}. See docs/translations.md.",
        creation_date=WRITTEN,
        revision_date=WRITTEN,
        charset="utf-8",
        fuzzy=False,
    )


def write(catalog: Catalog, target: Path) -> None:
    """Write a catalog as people edit it: by place, without line numbers, which move too often."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with target.open("wb") as file:
        write_po(file, catalog, width=100, include_lineno=False, ignore_obsolete=True)


def compile_all(folder: Path = LOCALE) -> list[Path]:
    """Compile each catalog that is newer than its compilation; the files that were written.

    A file appears whole or not at all, so that several processes may do this at once.
    """
    written = []
    for source in sources(folder):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
            continue
        handle, name = tempfile.mkstemp(dir=source.parent, suffix=".part")
        with os.fdopen(handle, "wb") as file:
            write_mo(file, read(source))
        os.chmod(name, 0o644)
        os.replace(name, target)
        written.append(target)
    return written


if __name__ == "__main__":
    for path in compile_all():
        sys.stdout.write(f"translations: compiled {path.relative_to(ROOT)}\n")
