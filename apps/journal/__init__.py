"""The journal: the append-only record of every game, and the only way a game changes.

`journal.append`, `read` and `verify_chain` live in `apps.journal.store`; nothing outside this
room touches the model.
"""
