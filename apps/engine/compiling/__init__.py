"""From a scenario document to a ruleset: reading, naming, typing, emitting."""
