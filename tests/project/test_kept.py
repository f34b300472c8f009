"""What a process remembers is bounded, and the least recently used goes first."""

from __future__ import annotations

from wargame.kept import Kept


def test_the_least_recently_used_goes_first():
    kept: Kept[str, int] = Kept(2)
    kept.keep("a", 1)
    kept.keep("b", 2)
    assert kept.get("a") == 1  # now "b" is the least recently used
    kept.keep("c", 3)
    assert (kept.get("a"), kept.get("b"), kept.get("c")) == (1, None, 3)
    assert len(kept) == kept.size == 2


def test_a_value_in_place_of_another_counts_once():
    kept: Kept[str, str] = Kept(10, size_of=len)
    kept.keep("a", "x" * 8)
    kept.keep("a", "y" * 3)
    assert kept.get("a") == "yyy"
    assert (len(kept), kept.size) == (1, 3)


def test_what_is_larger_than_all_that_may_be_kept_is_answered_and_not_kept():
    kept: Kept[str, str] = Kept(4, size_of=len)
    assert kept.keep("a", "x" * 5) == "xxxxx"
    assert (len(kept), kept.size, kept.get("a")) == (0, 0, None)


def test_forgetting_leaves_nothing():
    kept: Kept[str, str] = Kept(10, size_of=len)
    kept.keep("a", "xx")
    kept.clear()
    assert (len(kept), kept.size, kept.get("a")) == (0, 0, None)
