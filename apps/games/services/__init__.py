"""Services: every verb by which a game changes. Keyword-only; each refuses by `Refusal`.

Nothing else writes to a game. Each opens the desk (`apps.games.desk`), which locks, appends to the
journal, projects, and notifies after the commit.
"""

from apps.games.services.branching import branch_game, restore_game, run_branch
from apps.games.services.classes import (
    duplicate_game,
    pause_together,
    resume_together,
    split_class,
    start_together,
)
from apps.games.services.clock import close_now, extend_deadline, pause_clock, resume_clock
from apps.games.services.closing import close_turn
from apps.games.services.control import (
    archive_game,
    broadcast,
    hand_seat,
    inject_now,
    pin_note,
    reopen_turn,
    set_absence,
    set_review,
    view_as,
)
from apps.games.services.council import cast_vote
from apps.games.services.creating import create_game
from apps.games.services.drafts import remove_draft, save_draft, set_standing_orders
from apps.games.services.joining import (
    add_member,
    join_game,
    leave_seat,
    move_person,
    name_deputy,
    new_link,
    remove_person,
    take_seat,
)
from apps.games.services.offers import (
    accept_offer,
    counter_offer,
    decline_offer,
    make_offer,
    withdraw_offer,
)
from apps.games.services.phases import go_on, set_timetable
from apps.games.services.presence import mark_all_seen, mark_seen
from apps.games.services.readiness import set_ready
from apps.games.services.retention import delete_game
from apps.games.services.review import (
    add_effect,
    amend_effect,
    release_results,
    strike_effect,
    withdraw_amendment,
)
from apps.games.services.roster import admit_roster, read_roster
from apps.games.services.scheduled_news import schedule_inject, withdraw_inject
from apps.games.services.solo import (
    create_solo_game,
    delete_old_solo_games,
    give_up_solo_game,
)
from apps.games.services.submitting import submit_orders
from apps.games.services.talks import mark_read, publish_statement, send_message
from apps.games.services.tokens import (
    issue_token,
    membership_of_token,
    renew_token,
    revoke_tokens,
)
from apps.games.services.turns import start_game

__all__ = [
    "accept_offer",
    "add_effect",
    "add_member",
    "admit_roster",
    "amend_effect",
    "archive_game",
    "branch_game",
    "broadcast",
    "cast_vote",
    "close_now",
    "close_turn",
    "counter_offer",
    "create_game",
    "create_solo_game",
    "decline_offer",
    "delete_game",
    "delete_old_solo_games",
    "duplicate_game",
    "extend_deadline",
    "give_up_solo_game",
    "go_on",
    "hand_seat",
    "inject_now",
    "issue_token",
    "join_game",
    "leave_seat",
    "make_offer",
    "mark_all_seen",
    "mark_read",
    "mark_seen",
    "membership_of_token",
    "move_person",
    "name_deputy",
    "new_link",
    "pause_clock",
    "pause_together",
    "pin_note",
    "publish_statement",
    "read_roster",
    "release_results",
    "remove_draft",
    "remove_person",
    "renew_token",
    "reopen_turn",
    "restore_game",
    "resume_clock",
    "resume_together",
    "revoke_tokens",
    "run_branch",
    "save_draft",
    "schedule_inject",
    "send_message",
    "set_absence",
    "set_ready",
    "set_review",
    "set_standing_orders",
    "set_timetable",
    "split_class",
    "start_game",
    "start_together",
    "strike_effect",
    "submit_orders",
    "take_seat",
    "view_as",
    "withdraw_amendment",
    "withdraw_inject",
    "withdraw_offer",
]
