"""The pages and posts of teams. A view parses and answers; services decide."""
