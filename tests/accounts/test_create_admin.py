"""`manage.py create_admin`: an administrator from the environment, once."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Person

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough passphrase"


def _create(**options) -> str:
    out = StringIO()
    call_command("create_admin", stdout=out, **options)
    return out.getvalue()


def test_an_administrator_is_made_from_the_environment(monkeypatch):
    monkeypatch.setenv("WARGAME_ADMIN_PASSWORD", PASSWORD)
    _create(username="ada")
    ada = Person.objects.get(username="ada")
    assert ada.is_superuser
    assert ada.check_password(PASSWORD)


def test_the_password_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "password").write_text(PASSWORD + "\n")
    monkeypatch.delenv("WARGAME_ADMIN_PASSWORD", raising=False)
    monkeypatch.setenv("WARGAME_ADMIN_PASSWORD_FILE", str(tmp_path / "password"))
    _create(username="ada")
    assert Person.objects.get(username="ada").check_password(PASSWORD)


def test_one_who_is_there_is_left_alone_unless_a_reset_is_asked_for(monkeypatch):
    monkeypatch.setenv("WARGAME_ADMIN_PASSWORD", PASSWORD)
    _create(username="ada")
    monkeypatch.setenv("WARGAME_ADMIN_PASSWORD", "quite another passphrase")
    assert "left as it is" in _create(username="ada")
    assert Person.objects.get(username="ada").check_password(PASSWORD)
    _create(username="ada", reset_password=True)
    assert Person.objects.get(username="ada").check_password("quite another passphrase")


@pytest.mark.parametrize(("password", "complaint"), [("", "no password"), ("short", "too weak")])
def test_a_missing_or_weak_password_is_refused(monkeypatch, password, complaint):
    monkeypatch.setenv("WARGAME_ADMIN_PASSWORD", password)
    with pytest.raises(CommandError, match=complaint):
        _create(username="ada")
    assert not Person.objects.filter(username="ada").exists()
