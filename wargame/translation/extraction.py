"""What is marked for translation: gathered from Python sources and templates by Babel."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

from wargame.translation.catalogs import ROOT

KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "lazy": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
COMMENT = "Translators:"
LEFT_OUT = ("migrations", "benchmarks", "management")
"""Folders whose words no reader of the interface sees: command-line texts stay English."""


def marked(root: Path = ROOT) -> Catalog:
    """Every marked text of the product, with the files that hold it."""
    catalog = Catalog(project="Korean Knot", charset="utf-8")
    for path in source_files(root):
        for line, texts, comments, context in texts_of(path):
            place = [(path.relative_to(root).as_posix(), line)]
            catalog.add(texts, locations=place, auto_comments=comments, context=context)
    return catalog


def source_files(root: Path) -> Iterator[Path]:
    """The Python files and templates that speak to readers, in a steady order."""
    for folder in ("apps", "wargame"):
        for path in sorted((root / folder).rglob("*.py")):
            if not set(path.parts) & set(LEFT_OUT):
                yield path
    yield from sorted((root / "templates").rglob("*.html"))


def texts_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    """The marked texts of one file: line, text (with its plural), comments, context."""
    source = path.read_text()
    if path.suffix == ".html":
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            # In parentheses, so that the indentation of HTML is none of Python's business.
            source = f"({templatize(source, origin=str(path))}\n)"
    elif "gettext" not in source:
        return
    stream = io.BytesIO(source.encode())
    yield from extract("python", stream, KEYWORDS, [COMMENT], strip_comment_tags=True)
