"""Sheets come in one file each, modules under hashed names, and a page names its modules early."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.core.management import call_command
from django.template import Context, Template
from django.test import override_settings

from wargame.module_links import modules_of
from wargame.static_files import bundle_of, our_folders

ROOT = Path(__file__).resolve().parents[2]
BUNDLED = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "wargame.static_files.BundledFilesStorage"},
}
LINK = re.compile(r"{%\s*static '([^']+\.css)'")


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the static files as a server has them."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=str(folder), STORAGES=BUNDLED):
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


def hashed(folder: Path, name: str) -> Path:
    stem, _dot, ending = name.rpartition(".")
    files = list(folder.glob(f"{stem}.{'[0-9a-f]' * 12}.{ending}"))
    assert len(files) == 1, files
    return files[0]


def test_a_sheet_holds_its_parts_in_their_order_and_imports_nothing(collected: Path):
    text = hashed(collected, "games/team-room.css").read_text()
    assert "@import" not in text
    places = [text.index(mark) for mark in (".room-bar", ".indicator", ".catalogue", ".talks")]
    assert places == sorted(places)
    assert "/*" not in text


def test_a_module_imports_the_hashed_names_of_files_that_are_there(collected: Path):
    room = hashed(collected, "games/room.js")
    names = re.findall(r'(?:from|import) "(\.[^"]+)"', room.read_text())
    assert len(names) >= 11
    for name in names:
        assert re.search(r"\.[0-9a-f]{12}\.js$", name)
        assert (room.parent / name).is_file()


def test_every_hashed_file_of_ours_has_a_compressed_copy(collected: Path):
    for name in ("games/team-room.css", "design/site.css", "games/room.js"):
        assert hashed(collected, name).with_name(hashed(collected, name).name + ".gz").is_file()


def test_a_sheet_that_imports_a_missing_one_is_named(tmp_path: Path):
    sheet = tmp_path / "page.css"
    sheet.write_text('@import "gone.css";')
    with pytest.raises(ValueError, match=r"page\.css.*No such file"):
        bundle_of(sheet)


def test_no_page_links_more_than_one_sheet_beside_the_sites():
    templates = sorted((ROOT / "templates").rglob("*.html"))
    linked = {template.name: LINK.findall(template.read_text()) for template in templates}
    assert linked["base.html"] == ["design/site.css"]
    assert {name: sheets for name, sheets in linked.items() if len(sheets) > 1} == {}
    assert all(finders.find(sheet) for sheets in linked.values() for sheet in sheets)


def test_links_name_a_module_and_all_that_it_imports_once():
    links = Template('{% load modules %}{% module_links "games/room.js" %}').render(Context())
    names = re.findall(r'<link rel="modulepreload" href="/static/([^"]+)">', links)
    assert names[0] == "games/room.js"
    assert {"live/connection.js", "live/fragments.js", "games/forms.js"} <= set(names)
    assert len(names) == len(set(names))


def test_a_module_that_is_missing_is_named():
    with pytest.raises(FileNotFoundError, match="games/gone"):
        modules_of("games/gone.js")


def test_our_folders_are_those_of_the_repository():
    assert {"design", "games", "live"} <= set(our_folders())
    assert "admin" not in our_folders()
