"""Plays: games written down as files, run again, and shown as each viewer saw them.

A game file is what `adjudicate` takes; a playthrough is a game file of a scenario whose rendering
is kept beside it and compared in a test.
"""
