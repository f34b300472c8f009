"""What the team room shows, part by part, as plain values for its templates.

Each module prepares one part from an opened `Room`. They read and never write, and they show only
what the engine's view and the session's selectors give to the audience: none of them may ask the
state itself.
"""
