"""Pages of the replay room: each view parses, asks, and renders."""
