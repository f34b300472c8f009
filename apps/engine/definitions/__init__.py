"""The compiled parts of a scenario; `ruleset.py` holds them all together."""
