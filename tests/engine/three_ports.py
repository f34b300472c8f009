"""A small fictional scenario in one dict, which uses every feature of the engine once."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from apps.engine import Ruleset, compile_ruleset

DOCUMENT: dict[str, Any] = {
    "format": 1,
    "scenario": {
        "id": "three_ports",
        "title": "Three Ports",
        "version": "1.0.0",
        "summary": "Three harbor towns share a strait.",
        "calendar": {"start": "1900-01-31", "step": {"months": 1}},
        "turns": {"default": 6, "min": 2, "max": 20},
        "stages": ["talk", "council", "trade", "score"],
        "council_stage": "council",
        "capital": {"track": "coin", "orders_per_turn": 3},
    },
    "claims": {
        "P1": {"source": "almanac", "paragraphs": [1], "text": "Tolls raise tempers."},
        "P2": {"source": "almanac", "paragraphs": [2, 3], "text": "Smugglers are found out."},
    },
    "governments": {
        "NOR": {"name": "Norhaven", "short": "Nor", "color": "blue", "brief": "You trade."},
        "SUD": {"name": "Sudmole", "short": "Sud", "color": "red", "red_lines": ["No tolls"]},
        "EST": {"name": "Estquay", "short": "Est", "color": "green"},
    },
    "tracks": {
        "temper": {"title": "Temper", "range": [0, 100], "start": 50, "better": "lower"},
        "coin": {
            "title": "Coin",
            "scope": "government",
            "range": [0, 20],
            "start": {"default": 10, "SUD": 12},
            "visible": "own",
            "better": "higher",
        },
        "trust": {
            "title": "Trust",
            "scope": "pair",
            "range": [-50, 50],
            "start": {"default": 0, "SUD-NOR": 20},
        },
        "contraband": {"title": "Contraband", "range": [0, 100], "start": 0, "visible": "hidden"},
    },
    "facts": {
        "storm": {"title": "Storm", "type": "flag", "start": False, "resets": "each_turn"},
        "mood": {
            "title": "Mood",
            "type": "choice",
            "choices": {"calm": "Calm", "sour": "Sour"},
            "start": "calm",
        },
        "fines": {"title": "Fines", "scope": "government", "type": "number", "range": [0, 100]},
    },
    "measures": {
        "toll": {"title": "Toll", "by": ["NOR", "SUD"], "kind": "trade"},
        "lighthouse": {"title": "Lighthouse pact", "kind": "safety"},
        "cache": {"title": "Hidden cache", "by": ["EST"], "visible": "own"},
    },
    "moves": {
        "levy_toll": {
            "title": "Levy a toll",
            "theme": "trade",
            "text": "Raise money, and tempers.",
            "by": ["NOR", "SUD"],
            "cost": "2 + 1 * in_force(toll_guard)" if False else 2,
            "severity": 2,
            "cooldown": 1,
            "parameters": {
                "rate": {
                    "type": "number",
                    "title": "Rate",
                    "range": [1, 5],
                    "step": 1,
                    "default": 2,
                },
                "against": {"type": "government", "title": "Against"},
            },
            "conditions": [
                {"if": "not agreed(free_passage, actor)", "else": "You promised free passage."},
                {"if": "rate < 5 or temper < 90", "else": "Tempers are too high for that rate."},
            ],
            "claims": ["P1"],
        },
        "smuggle": {
            "title": "Smuggle",
            "by": ["EST", "SUD"],
            "cost": 1,
            "severity": 3,
            "per_turn": 2,
            "secrecy": {"secret": {"reveal_when": "contraband > 30"}},
            "parameters": {
                "cargo": {"type": "choice", "choices": {"salt": "Salt", "silk": "Silk"}}
            },
        },
        "dig_cache": {
            "title": "Dig a cache",
            "by": ["EST"],
            "cost": 1,
            "secrecy": {"secret": "never"},
            "irreversible": True,
        },
        "propose_pact": {
            "title": "Table a draft",
            "by": ["NOR", "SUD"],
            "parameters": {
                "clauses": {
                    "type": "clauses",
                    "title": "Clauses",
                    "body": "moot",
                    "min": 1,
                    "max": 3,
                },
                "partner": {"type": "government", "title": "Partner", "optional": True},
            },
            "act": {
                "kind": "table_draft",
                "body": "moot",
                "clauses": "clauses",
                "joint_with": "partner",
                "joint_if": "agreed(free_passage, partner)",
            },
        },
        "amend": {
            "title": "Amend a draft",
            "parameters": {
                "draft": {"type": "draft", "title": "Draft", "body": "moot"},
                "clauses": {"type": "clauses", "title": "Clauses", "body": "moot"},
            },
            "act": {"kind": "amend_draft", "draft": "draft", "clauses": "clauses"},
        },
        "join_draft": {
            "title": "Join a draft",
            "parameters": {"draft": {"type": "draft", "title": "Draft", "body": "moot"}},
            "act": {"kind": "cosponsor", "draft": "draft"},
        },
        "drop_draft": {
            "title": "Withdraw a draft",
            "parameters": {"draft": {"type": "draft", "title": "Draft", "body": "moot"}},
            "act": {"kind": "withdraw_draft", "draft": "draft"},
        },
    },
    "bodies": {
        "moot": {
            "title": "The Moot",
            "guests": ["EST"],
            "adoption": {"affirmative": 3, "veto": True},
            "vote_after": 1,
            "draft_attributes": {
                "burden": {"title": "Burden", "combine": "sum"},
                "haste": {"title": "Haste", "combine": "max"},
            },
            "weights": {"aversion": {"title": "Aversion to burdens"}},
            "members": {
                "NOR": {
                    "name": "Norhaven",
                    "government": "NOR",
                    "veto": True,
                    "weights": {"aversion": 1},
                },
                "SUD": {"name": "Sudmole", "government": "SUD", "weights": {"aversion": 5}},
                "WEX": {"name": "Wexholm", "veto": True, "weights": {"aversion": 2}},
                "YAR": {"name": "Yarrow", "until": "1900-03-15", "weights": {"aversion": 9}},
                "ZEL": {"name": "Zelland", "from": "1900-03-16", "weights": {"aversion": 0}},
            },
            "support": {
                "base": {"title": "Habit", "amount": 60},
                "burden": {
                    "title": "Burden",
                    "amount": "-member.aversion * draft.burden",
                    "claims": ["P1"],
                },
                "phase": {"title": "Time to adapt", "amount": "phase_in(harbor_tax)"},
                "own": {"title": "Own draft", "amount": "30 if sponsor(member) else 0"},
                "nor": {"title": "Norhaven's pride", "amount": "5 if member == NOR else 0"},
                "trust": {"title": "Trust", "amount": "0.2 * trust[member, SUD]"},
            },
            "vote": {"yes": 50, "no": 20},
        }
    },
    "clauses": {
        "beacon": {
            "body": "moot",
            "title": "A beacon",
            "attributes": {"burden": 1, "haste": 1},
            "imposes": "lighthouse",
        },
        "harbor_tax": {
            "body": "moot",
            "title": "A harbor tax",
            "attributes": {"burden": 6, "haste": 3},
            "phase_in": {"max": 12, "unit": "months"},
            "excludes": ["tax_holiday"],
        },
        "tax_holiday": {"body": "moot", "title": "A tax holiday", "attributes": {"haste": 2}},
    },
    "agreements": {
        "free_passage": {
            "title": "Free passage",
            "parties": {"proposer": ["NOR", "EST"], "other": ["SUD", "NOR"]},
            "expires": 3,
            "obligations": {
                "no_toll": {
                    "by": "other",
                    "text": "Levies no toll",
                    "kept_if": "not ordered(levy_toll) and not in_force(toll)",
                }
            },
        }
    },
    "rules": {
        "toll_angers": {
            "stage": "talk",
            "on": "levy_toll",
            "title": "A toll angers the one it is levied against",
            "effects": [
                {"change": "trust[actor, against]", "by": "-3 * rate * severity_of(levy_toll)"},
                {"change": "temper", "by": "5 + rate"},
                {"impose": "toll", "by": "actor", "for": 2},
                {"dispatch": "toll_news"},
            ],
            "claims": ["P1"],
        },
        "smugglers_profit": {
            "stage": "trade",
            "on": "smuggle",
            "if": "not storm",
            "chance": "0.9 - 0.004 * contraband",
            "title": "Smuggling pays while it is not found out",
            "effects": [
                {"change": "contraband", "by": "20 if cargo == silk else 12"},
                {"change": "coin[actor]", "by": 3},
                {"change": "temper", "by": 1},
            ],
            "claims": ["P2"],
        },
        "cache_dug": {
            "stage": "trade",
            "on": "dig_cache",
            "title": "A cache is there once it is dug",
            "effects": [{"impose": "cache", "by": "actor"}],
            "reason": "What a cache is for.",
        },
        "income": {
            "stage": "score",
            "each": "government",
            "title": "Trade brings coin",
            "effects": [{"change": "coin[actor]", "by": "2 + (1 if in_force(lighthouse) else 0)"}],
            "reason": "Coin is what orders are paid from.",
        },
        "trust_fades": {
            "stage": "score",
            "each": "pair",
            "if": "abs(trust[a, b]) > 10",
            "title": "Strong feelings fade",
            "effects": [{"change": "trust[a, b]", "by": "-trust[a, b] / 10"}],
            "reason": "Feelings fade.",
        },
        "squall": {
            "stage": "talk",
            "chance": 0.2,
            "title": "A squall closes the strait",
            "effects": [{"set": "storm", "to": True}],
            "reason": "Weather.",
        },
        "mood_sours": {
            "stage": "score",
            "if": "temper > 60 and mood == calm",
            "title": "High tempers sour the mood",
            "effects": [{"set": "mood", "to": "sour"}],
            "claims": ["P1"],
        },
        "mood_calms": {
            "stage": "score",
            "if": "temper < 40 and mood == sour",
            "title": "Low tempers calm it",
            "effects": [{"set": "mood", "to": "calm"}],
            "claims": ["P1"],
        },
        "pact_calms": {
            "stage": "trade",
            "adopted": "moot",
            "title": "An adopted draft calms tempers",
            "effects": [{"change": "temper", "by": "-10 + draft.haste"}],
            "reason": "Agreement calms.",
        },
        "veto_stings": {
            "stage": "trade",
            "vetoed": "moot",
            "if": "voted_no(NOR)",
            "title": "A veto stings the sponsors",
            "effects": [{"change": "trust[NOR, SUD]", "by": "-8"}],
            "reason": "A veto is remembered.",
        },
        "rejection_stings": {
            "stage": "trade",
            "failed": "moot",
            "title": "A failed draft is a small defeat",
            "effects": [{"change": "temper", "by": "draft.no"}],
            "reason": "A defeat is remembered.",
        },
        "tolls_are_fined": {
            "stage": "trade",
            "each": "government",
            "if": "ever(levy_toll, actor) and since(levy_toll, actor) == 1",
            "title": "A toll is fined a turn later",
            "effects": [{"change": "fines[actor]", "by": "turns_in_force(toll) + 1"}],
            "reason": "Fines follow tolls.",
        },
        "breach_rankles": {
            "stage": "score",
            "if": "broken(free_passage) or temper - previous(temper) > 30",
            "title": "A broken promise rankles",
            "effects": [{"change": "temper", "by": "sum_of(fines) - min_of(fines)"}],
            "reason": "A breach is remembered.",
        },
    },
    "objectives": {
        "NOR": {"rich": {"title": "Rich", "weight": 60, "value": "coin[NOR] / 20", "target": 0.6}},
        "SUD": {
            "calm": {"title": "Calm", "weight": 40, "value": "1 - temper / 100", "target": 0.5}
        },
        "EST": {"stash": {"title": "Stash", "value": "contraband / 100", "target": 0.3}},
    },
    "endings": {
        "war": {
            "title": "War",
            "text": "Guns.",
            "if": "temper >= 95",
            "when": "each_turn",
            "priority": 1,
        },
        "quiet": {
            "title": "Quiet",
            "text": "Nothing.",
            "if": "true",
            "when": "last_turn",
            "priority": 9,
        },
    },
    "injects": {
        "wreck": {
            "title": "A wreck",
            "text": "A ship founders.",
            "from": "Pilots",
            "at": 2,
            "effects": [{"change": "temper", "by": -2}],
            "reason": "Shared grief.",
        },
        "rumor": {
            "title": "A rumor",
            "text": "Someone talks.",
            "audience": ["NOR"],
            "if": "contraband > 15",
            "chance": 0.5,
            "effects": [{"change": "trust[NOR, EST]", "by": -4}],
            "claims": ["P2"],
        },
        "visit": {"title": "A visit", "text": "A royal visit.", "once": False},
    },
    "dispatches": {
        "toll_news": {
            "variants": [
                {"headline": "{actor} levies a toll", "body": "{against} pays {rate}."},
                {"headline": "Toll at {actor}", "body": "Turn {turn}."},
            ]
        }
    },
    "doctrines": {
        "NOR": {
            "merchant": {
                "title": "Merchant",
                "orders": {
                    "tax": {
                        "move": "levy_toll",
                        "if": "temper < 70",
                        "weight": "coin[NOR] / 4",
                        "parameters": {"rate": 3, "against": "SUD"},
                        "reason": "Tempers allow it.",
                    },
                    "pact": {
                        "move": "propose_pact",
                        "weight": 2,
                        "parameters": {"clauses": ["beacon"]},
                        "reason": "A beacon helps all.",
                    },
                },
                "proposes": {
                    "passage": {"agreement": "free_passage", "to": "SUD", "if": "temper > 55"}
                },
                "statements": {"calm": {"if": "temper > 60", "text": "We ask for calm."}},
            }
        },
        "SUD": {
            "wary": {
                "title": "Wary",
                "orders": {
                    "run": {"move": "smuggle", "weight": 1, "parameters": {"cargo": "silk"}},
                    "join": {"move": "join_draft", "if": "mood == sour", "weight": 3},
                },
                "offers": {
                    "passage": {
                        "agreement": "free_passage",
                        "accept_if": "temper > 50 and proposer != EST",
                        "reason": "It costs little.",
                    }
                },
            }
        },
        "EST": {
            "sly": {
                "title": "Sly",
                "orders": {
                    "run": {"move": "smuggle", "weight": 2, "parameters": {"cargo": "salt"}},
                    "dig": {"move": "dig_cache", "weight": 5},
                },
            }
        },
    },
}
DOCUMENT["moves"]["levy_toll"]["cost"] = "2 + (1 if temper > 80 else 0)"


def document() -> dict[str, Any]:
    """A copy that a test may change."""
    return deepcopy(DOCUMENT)


def three_ports() -> Ruleset:
    """The compiled scenario."""
    return compile_ruleset(DOCUMENT)
