"""Questions for a debrief, drawn from what happened in this game and no other."""

from __future__ import annotations

from django.utils.translation import gettext as _

from apps.replay.names import joined
from apps.replay.story import Story

MOST = 10


def questions_for(story: Story) -> list[str]:
    """Up to ten questions, the sharpest moments first."""
    found = [
        *_on_votes(story),
        *_on_promises(story),
        *_on_intent(story),
        *_on_indicators(story),
        *_on_objectives(story),
        *_on_ending(story),
    ]
    return list(dict.fromkeys(found))[:MOST]


def _on_votes(story: Story) -> list[str]:
    found = []
    for moment, ballot in story.ballots:
        against = [cast.member for cast in ballot.roll if cast.veto]
        if against:
            who = joined(against)
            found.append(
                _(
                    "In turn %(turn)s %(who)s vetoed the draft “%(draft)s”. Look at the terms "
                    "of that vote: which of them could the sponsors have changed, and at what "
                    "price?"
                )
                % {"turn": moment.turn, "who": who, "draft": ballot.title}
            )
        elif ballot.tone == "warn":
            found.append(
                _(
                    "In turn %(turn)s the draft “%(draft)s” found too few votes (%(tally)s). Who "
                    "could have been won, and was anybody asked?"
                )
                % {"turn": moment.turn, "draft": ballot.title, "tally": ballot.tally}
            )
        elif ballot.tone == "good":
            found.append(
                _(
                    "In turn %(turn)s the draft “%(draft)s” was adopted. What did each of those "
                    "who did not vote against it get for it?"
                )
                % {"turn": moment.turn, "draft": ballot.title}
            )
    return found[:3]


def _on_promises(story: Story) -> list[str]:
    return [
        _(
            "%(by)s promised: %(text)s It did not keep that. Did the others see it "
            "coming, and did it pay?"
        )
        % {"by": promise.by, "text": promise.text}
        for promise in story.promises
        if promise.status == "broken"
    ][:2]


def _on_intent(story: Story) -> list[str]:
    found = []
    for moment, order in story.decisions:
        if not order.intent or order.severity < 3:
            continue
        came = "; ".join(order.outcome[:3]) or _("no effect of its own")
        found.append(
            _(
                "In turn %(turn)s %(government)s meant: “%(intent)s”. What came of it was "
                "%(came)s. Where did the expectation and the rules part?"
            )
            % {
                "turn": moment.turn,
                "government": order.government,
                "intent": order.intent,
                "came": came,
            }
        )
    return found[:2]


def _on_indicators(story: Story) -> list[str]:
    widest = None
    for moment in story.moments[1:]:
        for group in (*moment.indicators, *moment.others):
            for row in group.rows:
                size = (
                    abs(float(row.change.replace("−", "-").replace("+", ""))) if row.change else 0
                )
                if row.why and (widest is None or size > widest[0]):
                    widest = (size, moment.turn, row)
    if widest is None:
        return []
    _size, turn, row = widest
    causes = ", ".join(cause.text for cause in row.why[:2])
    return [
        _(
            "The largest single change was %(title)s %(change)s in turn %(turn)s "
            "(%(causes)s). Which decision, by whom, would have avoided or doubled it?"
        )
        % {"title": row.title, "change": row.change, "turn": turn, "causes": causes}
    ]


def _on_objectives(story: Story) -> list[str]:
    governments = story.source.document["governments"]
    objectives = story.source.document.get("objectives", {})
    shared = [body["name"] for key, body in governments.items() if objectives.get(key)]
    if len(shared) < 2:
        return []
    return [
        _(
            "No government could reach everything at once. Which objective of %(one)s "
            "stood against one of %(other)s, and did any trade between them come up in "
            "the talks?"
        )
        % {"one": shared[0], "other": shared[1]}
    ]


def _on_ending(story: Story) -> list[str]:
    ending = story.ending
    if not ending:
        return [_("The game did not reach an ending. Which one was nearest, and what was missing?")]
    return [
        _(
            "The game ended with “%(title)s”. At which turn was that decided, and "
            "what is the smallest change by which it would have ended otherwise? Try "
            "it as a what-if."
        )
        % {"title": ending["title"]}
    ]
