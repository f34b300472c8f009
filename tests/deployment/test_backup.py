"""`manage.py backup` and `restore`: everything comes back, or nothing changes."""

from __future__ import annotations

import gzip
import io
import tarfile
import uuid
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from apps.accounts.models import Person
from apps.journal import store
from apps.journal.models import Entry
from tests.stack.database import journal_guards_aside
from wargame.deployment import archive

pytestmark = pytest.mark.django_db(transaction=True)


def _some_data() -> uuid.UUID:
    """A person and a journal of three events."""
    ada = Person.objects.create_user(username="ada", password="pass phrase", display_name="안나")
    stream = uuid.uuid4()
    events = [store.NewEvent("TurnOpened", {"turn": turn}, "public", ada.pk) for turn in (1, 2, 3)]
    store.append(stream, events, expected=0, at=timezone.now())
    return stream


def _backup(folder, **options):
    out = StringIO()
    call_command("backup", folder, stdout=out, **options)
    return sorted(folder.glob("*.tar.gz"))[-1], out.getvalue()


def _empty() -> None:
    call_command("flush", interactive=False, verbosity=0)
    for model in archive.saved_models():
        assert model._default_manager.count() == 0


def _rows() -> dict[str, list]:
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in archive.saved_models()
    }


def test_everything_comes_back_as_it_was(tmp_path):
    stream = _some_data()
    before = _rows()
    file, _ = _backup(tmp_path)
    _empty()
    call_command("restore", file, stdout=StringIO())
    assert _rows() == before
    assert store.verify_chain(stream) is None
    assert Person.objects.get(username="ada").check_password("pass phrase")


def test_after_a_restore_a_journal_goes_on(tmp_path):
    stream = _some_data()
    file, _ = _backup(tmp_path)
    _empty()
    call_command("restore", file, stdout=StringIO())
    event = store.NewEvent("TurnOpened", {"turn": 4}, "public", None)
    store.append(stream, [event], expected=3, at=timezone.now())
    assert store.verify_chain(stream) is None


def test_a_backup_is_its_owners_alone(tmp_path):
    file, _ = _backup(tmp_path)
    assert file.stat().st_mode & 0o077 == 0
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_only_the_newest_are_kept(tmp_path):
    files = [_backup(tmp_path)[0] for _ in range(3)]
    (tmp_path / "notes.txt").write_text("not ours")
    newest, told = _backup(tmp_path, keep=2)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {files[-1].name, newest.name, "notes.txt"}
    assert f"{files[0]} removed" in told


def test_a_database_in_use_is_not_mixed_with_a_backup(tmp_path):
    _some_data()
    file, _ = _backup(tmp_path)
    before = _rows()
    with pytest.raises(CommandError, match=r"not empty .*accounts\.Person"):
        call_command("restore", file)
    assert _rows() == before


def _rewritten(file, change):
    """A copy of the archive in which `change(name, content)` has altered members."""
    target = file.with_name("changed.tar.gz")
    with tarfile.open(file) as old, tarfile.open(target, "w:gz") as new:
        for member in old.getmembers():
            content = change(member.name, old.extractfile(member).read())
            member.size = len(content)
            new.addfile(member, io.BytesIO(content))
    return target


def test_a_damaged_table_is_refused_and_nothing_changes(tmp_path):
    _some_data()
    file, _ = _backup(tmp_path)
    damaged = _rewritten(
        file, lambda name, text: text.replace(b'"ada"', b'"eve"') if "Person" in name else text
    )
    _empty()
    with pytest.raises(CommandError, match=r"accounts\.Person of the backup is damaged"):
        call_command("restore", damaged)
    assert not Person.objects.exists()


def test_a_journal_that_was_edited_is_refused(tmp_path):
    stream = _some_data()
    with journal_guards_aside(connection):
        Entry.objects.filter(stream=stream, sequence=2).update(content='{"turn":99}')
    file, _ = _backup(tmp_path)
    _empty()
    with pytest.raises(CommandError, match="is not whole"):
        call_command("restore", file)
    assert not Entry.objects.exists()


def test_a_backup_of_other_tables_is_refused_with_what_to_do(tmp_path):
    file, _ = _backup(tmp_path)
    older = _rewritten(
        file,
        lambda name, text: (
            text.replace(b"journal.0001", b"journal.0000") if name == archive.MANIFEST else text
        ),
    )
    with pytest.raises(CommandError, match="Restore it with that release"):
        call_command("restore", older)


@pytest.mark.parametrize("content", [b"", b"no archive", gzip.compress(b"no tar either")])
def test_a_file_that_is_no_backup_is_refused(tmp_path, content):
    file = tmp_path / "x.tar.gz"
    file.write_bytes(content)
    with pytest.raises(CommandError, match="cannot be read as a backup"):
        call_command("restore", file)


def test_a_foreign_archive_is_refused(tmp_path):
    file = tmp_path / "x.tar.gz"
    with tarfile.open(file, "w:gz") as archive_file:
        archive_file.addfile(tarfile.TarInfo("README"), io.BytesIO())
    with pytest.raises(CommandError, match="no manifest"):
        call_command("restore", file)


def test_a_missing_folder_or_a_keep_of_none_is_refused(tmp_path):
    with pytest.raises(CommandError, match="is no folder"):
        call_command("backup", tmp_path / "missing")
    with pytest.raises(CommandError, match="give 1 or more"):
        call_command("backup", tmp_path, keep=0)
