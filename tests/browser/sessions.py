"""A session of Korean Knot that has something of everything on its screens."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext

from apps.accounts.models import Person
from apps.games import services
from apps.games.models import Game, Membership
from apps.scenarios.library import load_scenario

NAMES = {
    "US": "Alexandra Featherstonehaugh-Cholmondeley",
    "RUS": "Борис Вениаминович Достоевский",
    "CHN": "王小明",
    "DPRK": "김철수",
    "ROK": "남궁민수",
}
LONG = "Wirtschaftssanktionsdurchsetzungsverordnung" * 3


@dataclass
class PlayedSession:
    """A session in its fourth turn: a vote taken, another due, offers, talks, tests, results."""

    game: Game
    dana: Person
    people: dict[str, Membership]

    def window_of(
        self, government: str, browser: Browser, base: str, **options: object
    ) -> BrowserContext:
        """A browser context in which the government's first delegate is signed in."""
        return signed_in(self.people[government].person, browser, base, **options)


def signed_in(person: Person, browser: Browser, base: str, **options: object) -> BrowserContext:
    """A browser context with a session of this person."""
    client = Client()
    client.force_login(person)
    context = browser.new_context(base_url=base, locale="en-US", **options)  # type: ignore[arg-type]
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": base}])
    return context


def played_session() -> PlayedSession:
    """Play three turns by the services, with names and words in six scripts."""
    dana = Person.objects.create_user(username="dana", display_name="Dana", password="long one")
    game = services.create_game(
        by=dana,
        scenario=load_scenario("korean_knot").document,
        title="Northeast Asian Security, Autumn Term, Group B of the Advanced Seminar",
        turns=8,
        seconds_per_turn=3600,
        seed="a fixed seed",
        seats={"JPN": {"mode": "doctrine"}},
    )
    people = {}
    for government, name in NAMES.items():
        people[government] = services.join_game(code=game.join_code, display_name=name)
        services.take_seat(membership=people[government], government=government)
    services.start_game(by=dana, game_id=game.pk)
    session = PlayedSession(game, dana, people)
    _talk(session)
    _first_turns(session)
    _offers(session)
    _order(session, "US", "us_china_track")
    return session


def _order(session: PlayedSession, government: str, move: str, **parameters: object) -> None:
    services.save_draft(
        membership=session.people[government],
        move=move,
        parameters=parameters,
        intent="To show that we mean it. 우리의 뜻을 보인다.",
        expects=f"They will hesitate, then answer. {LONG}",
    )


def _close(session: PlayedSession) -> None:
    session.game.refresh_from_db()
    services.close_turn(game_id=session.game.pk, turn=session.game.turn, reason="facilitator")


def _talk(session: PlayedSession) -> None:
    say = services.send_message
    say(membership=session.people["US"], to=["CHN"], text="We would like to discuss coal.")
    say(membership=session.people["CHN"], to=["US"], text="我们可以谈谈。")
    say(membership=session.people["RUS"], to=["US", "CHN"], text=f"Поговорим втроём. {LONG}")
    say(membership=session.people["US"], to=[], text="Team: shall we table a draft?")
    services.publish_statement(
        membership=session.people["ROK"], text="대한민국 정부는 핵실험을 강력히 규탄한다."
    )


def _first_turns(session: PlayedSession) -> None:
    _order(session, "US", "refer_test", clauses=["designations", "coal_cap", "talks_call"])
    _order(session, "DPRK", "nuclear_test")
    _order(session, "RUS", "rouble_trade")
    _order(session, "ROK", "inter_korean_initiative")
    _close(session)
    services.cast_vote(
        membership=session.people["US"],
        draft="unsc-1-US",
        choice="yes",
        explanation="The test cannot stand without an answer.",
    )
    _close(session)
    _order(session, "US", "refer_test", clauses=["arms_ban"])
    _close(session)


def _offers(session: PlayedSession) -> None:
    parties = {"proposer": "US", "other": "DPRK"}
    for government in ("US", "DPRK"):
        services.make_offer(
            membership=session.people[government],
            agreement="freeze_for_freeze",
            parties=parties,
            text=f"Our last word before winter. 우리는 제안한다. {LONG}",
            open_for=2,
        )
