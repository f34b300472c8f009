"""Seeing what the product does: metrics, the latest errors, traces, the operations page.

Nothing here holds personal data: people and games are ids, pages are names of routes.
"""
