"""The engine: a scenario's rules, turned into adjudicated turns.

Pure: no clock, no files, no network, no database, no shared random numbers. The same scenario,
state, orders, votes and seed give the same events in every process and Python version.

    ruleset = compile_ruleset(document)      # or RulesetError with every issue
    state = initial_state(ruleset)
    options = legal_orders(ruleset, state, "NOR")
    result = adjudicate(ruleset, state, orders, votes, seed)
    assert fold(ruleset, state, result.events) == result.state
    view = observe(ruleset, result.state, "seat:NOR")
"""

from __future__ import annotations

from .adjudication import Adjudication, adjudicate
from .applying import apply, fold
from .board import initial_state
from .compiling.compile import compile_ruleset
from .counterfactual import what_would_change
from .doctrine import Choice, choose_orders
from .doctrine_talks import (
    Answer,
    Proposal,
    choose_answer,
    choose_offers,
    choose_statements,
    choose_votes,
)
from .errors import Issue, RulesetError
from .events import KINDS, Event
from .explanation import Sentence, explain
from .legality import MoveOption, check_order, legal_orders
from .orders import Accord, Order, Rejection, Vote
from .review import check_orders
from .ruleset import Ruleset
from .state import State
from .viewers import FACILITATOR, PUBLIC, Viewer
from .visibility import observe, visible_events

__all__ = [
    "FACILITATOR",
    "KINDS",
    "PUBLIC",
    "Accord",
    "Adjudication",
    "Answer",
    "Choice",
    "Event",
    "Issue",
    "MoveOption",
    "Order",
    "Proposal",
    "Rejection",
    "Ruleset",
    "RulesetError",
    "Sentence",
    "State",
    "Viewer",
    "Vote",
    "adjudicate",
    "apply",
    "check_order",
    "check_orders",
    "choose_answer",
    "choose_offers",
    "choose_orders",
    "choose_statements",
    "choose_votes",
    "compile_ruleset",
    "explain",
    "fold",
    "initial_state",
    "legal_orders",
    "observe",
    "visible_events",
    "what_would_change",
]
