"""The secrets of a `docker compose up`: made once, kept, one file each."""

from __future__ import annotations

from wargame.deployment.secret_files import MAKERS, make_secrets


def test_every_secret_is_made_once(tmp_path):
    assert make_secrets(tmp_path) == list(MAKERS)
    before = {path.name: path.read_text() for path in tmp_path.iterdir()}
    assert make_secrets(tmp_path) == []
    assert {path.name: path.read_text() for path in tmp_path.iterdir()} == before


def test_a_secret_of_ones_own_is_kept_and_used(tmp_path):
    (tmp_path / "postgres_password").write_text("mine\n")
    assert "postgres_password" not in make_secrets(tmp_path)
    assert ":mine@postgres" in (tmp_path / "database_url").read_text()


def test_two_installations_share_no_secret(tmp_path):
    for name in ("one", "two"):
        make_secrets(tmp_path / name)
    for name in MAKERS:
        assert (tmp_path / "one" / name).read_text() != (tmp_path / "two" / name).read_text()
