"""A backup is the way from SQLite to PostgreSQL and back: a game goes on there as it was."""

from __future__ import annotations

import json
import subprocess
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.settings import DATABASE, RUN_FOLDER
from tests.stack.postgresql import cluster_url
from tests.stack.processes import ROOT, environment, python

pytestmark = [
    pytest.mark.stack,
    pytest.mark.slow,
    pytest.mark.skipif(DATABASE != "sqlite", reason="brings its own PostgreSQL: once is enough"),
]


A_SESSION = """
from tests.games.cast import draft, table
sitting = table()
draft(sitting.anna, "levy_toll")
"""


@dataclass(frozen=True)
class Installation:
    """The product on a database of its own."""

    url: str

    def manage(self, *arguments: str | Path) -> str:
        done = subprocess.run(
            python("manage.py", *map(str, arguments)),
            cwd=ROOT,
            env=environment(WARGAME_DATABASE_URL=self.url),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (arguments, done.stdout, done.stderr)
        return done.stdout

    def backup(self, folder: Path) -> dict[str, list]:
        """The rows of the backup's tables by name; its file lies in `folder`."""
        folder.mkdir()
        self.manage("backup", folder)
        (file,) = folder.glob("*.tar.gz")
        with tarfile.open(file) as archive:
            return {
                member.name: [json.loads(row) for row in archive.extractfile(member)]
                for member in archive.getmembers()
                if member.name != "manifest.json"
            }

    def game(self) -> str:
        (one,) = json.loads(self.manage("list_games", "--json"))
        return one["id"]

    def turn(self) -> int:
        (one,) = json.loads(self.manage("list_games", "--json"))
        return one["turn"]


def an_empty(url: str) -> Installation:
    made = Installation(url)
    made.manage("migrate", "--verbosity=0")
    return made


def on_postgresql() -> str:
    import psycopg

    cluster = cluster_url(RUN_FOLDER)
    with psycopg.connect(cluster, autocommit=True) as connection:
        connection.execute("CREATE DATABASE moved")
    return cluster.rsplit("/", 1)[0] + "/moved"


def test_a_game_moves_from_sqlite_to_postgresql_and_back_and_goes_on(tmp_path):
    first = an_empty(f"sqlite:///{tmp_path / 'first.sqlite3'}")
    first.manage("shell", f"--command={A_SESSION}")
    game = first.game()
    first.manage("close_turn", game)
    assert first.turn() == 2
    before = first.backup(tmp_path / "of-sqlite")

    there = an_empty(on_postgresql())
    (file,) = (tmp_path / "of-sqlite").glob("*.tar.gz")
    there.manage("restore", file)
    assert there.backup(tmp_path / "of-postgresql") == before
    there.manage("verify", game)
    there.manage("close_turn", game)  # and its rows take new ones: sequences go on
    assert there.turn() == 3
    after = there.backup(tmp_path / "later")

    back = an_empty(f"sqlite:///{tmp_path / 'back.sqlite3'}")
    (file,) = (tmp_path / "later").glob("*.tar.gz")
    back.manage("restore", file)
    assert back.backup(tmp_path / "of-the-last") == after
    back.manage("verify", game)
    back.manage("close_turn", game)
    assert back.turn() == 4
