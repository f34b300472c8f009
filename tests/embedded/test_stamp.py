"""When a data folder has to be prepared again."""

from __future__ import annotations

import pytest

from wargame.embedded import stamp


@pytest.fixture
def source(tmp_path, monkeypatch):
    for name in stamp.SOURCES:
        (tmp_path / "source" / name).mkdir(parents=True)
    for name in stamp.FILES:
        (tmp_path / "source" / name).write_text("")
    monkeypatch.setattr(stamp, "ROOT", tmp_path / "source")
    return tmp_path / "source"


@pytest.fixture
def prepared(source, tmp_path):
    database = tmp_path / "games.sqlite3"
    database.write_text("")
    made = stamp.Stamp(tmp_path, f"sqlite:///{database}")
    assert not made.holds()
    made.set()
    assert made.holds()
    return made


def test_a_new_source_file_asks_for_another_preparation(prepared, source):
    (source / "apps" / "new_migration.py").write_text("")
    assert not prepared.holds()


def test_a_changed_lock_asks_for_another_preparation(prepared, source):
    (source / stamp.FILES[0]).write_text("django==5.2.20")
    assert not prepared.holds()


def test_compiled_files_change_nothing(prepared, source):
    (source / "apps" / "__pycache__").mkdir()
    (source / "apps" / "__pycache__" / "x.pyc").write_text("")
    assert prepared.holds()


def test_a_database_that_is_gone_asks_for_another_preparation(prepared, tmp_path):
    (tmp_path / "games.sqlite3").unlink()
    assert not prepared.holds()


def test_another_database_asks_for_a_preparation_of_its_own(prepared, tmp_path):
    assert not stamp.Stamp(tmp_path, "postgres://other/database").holds()


def test_a_removed_stamp_no_longer_holds(prepared):
    prepared.remove()
    assert not prepared.holds()
