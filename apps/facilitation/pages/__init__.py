"""The deeper pages of the control room: people, news, review, turns, the record, classes."""
