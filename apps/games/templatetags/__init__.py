"""Template tags of the team room."""
