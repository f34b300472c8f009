"""Benchmarks of the replay room, run by `manage.py benchmark NAME`."""

BENCHMARKS = {"replay": "apps.replay.benchmarks.opening"}
