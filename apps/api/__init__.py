"""The HTTP interface for players that are programs; docs/api.md describes it.

It reads by the same selectors and acts by the same services as a browser, so that a program sees
and may do what a person in its seat would. It must never decide visibility or rules itself.
"""
