"""The operations of a seat: observe, submit, vote, talk, offer."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from ninja import Query, Router, Status

from apps.accounts.views import BACKEND
from apps.api.bodies import (
    AnswerBody,
    Made,
    MessageBody,
    OfferBody,
    OrdersBody,
    StatementBody,
    VoteBody,
)
from apps.api.parameters import schema_for
from apps.games import selectors, services
from apps.games.models import Game, Membership
from apps.games.refusals import Refusal

router = Router()


def seat_of(request: HttpRequest) -> tuple[Membership, Game, str]:
    """The caller's membership, game and government."""
    member: Membership = request.auth  # type: ignore[attr-defined]
    game = selectors.game_for(member.game_id)
    if game is None or not member.acts_for:
        raise Refusal("no_seat", "This token has no seat any more. Ask the facilitator.")
    return member, game, member.acts_for


def status_of(game: Game, government: str) -> dict[str, Any]:
    """Where the game stands, for one seat; `cursor` grows when anything the seat sees changes."""
    audience = f"seat:{government}"
    clock = selectors.clock_for(game)
    return {
        "game": str(game.pk),
        "title": game.title,
        "government": government,
        "phase": game.phase,
        "turn": game.turn,
        "cursor": selectors.cursor_for(game, audience),
        "due": clock["due"],
        "now": clock["now"],
    }


@router.get("/status", summary="Where the game stands")
def status(request: HttpRequest) -> dict[str, Any]:
    _, game, government = seat_of(request)
    return status_of(game, government)


@router.get("/view", summary="What the seat may see of the situation")
def view(request: HttpRequest) -> dict[str, Any]:
    _, game, government = seat_of(request)
    return {"view": selectors.view_for(game, f"seat:{government}")}


@router.get("/moves", summary="Every move of the seat, open or closed, with a JSON Schema")
def moves(request: HttpRequest) -> list[dict[str, Any]]:
    _, game, government = seat_of(request)
    listed = []
    for option in selectors.moves_for(game, government):
        about = option.to_json()
        listed.append({**about, "schema": schema_for(about.pop("parameters"))})
    return listed


@router.get("/orders", summary="The seat's drafts, submitted orders and votes")
def orders(request: HttpRequest) -> dict[str, Any]:
    _, game, government = seat_of(request)
    return selectors.orders_for(game, government)


@router.put("/orders", summary="Submit the turn's orders, whole, and be ready")
def submit(request: HttpRequest, body: OrdersBody) -> dict[str, Any]:
    member, game, government = seat_of(request)
    if body.turn != game.turn:
        raise Refusal(
            "wrong_turn",
            f"Turn {game.turn} is open, not {body.turn}. Read the view anew, then submit.",
            turn=game.turn,
        )
    services.submit_orders(
        membership=member, orders=[item.dict() for item in body.orders], turn=body.turn
    )
    return selectors.orders_for(seat_of(request)[1], government)


@router.delete("/orders", summary="Take the orders back: not ready")
def take_back(request: HttpRequest) -> dict[str, Any]:
    member, _, government = seat_of(request)
    services.set_ready(membership=member, ready=False)
    return selectors.orders_for(seat_of(request)[1], government)


@router.put("/votes/{draft}", summary="Instruct the vote on a draft resolution")
def vote(request: HttpRequest, draft: str, body: VoteBody) -> dict[str, Any]:
    member, _, government = seat_of(request)
    services.cast_vote(
        membership=member, draft=draft, choice=body.choice, explanation=body.explanation
    )
    return {"votes": selectors.orders_for(seat_of(request)[1], government)["votes"]}


@router.get("/events", summary="What happened in a turn, as the seat may know it")
def events(request: HttpRequest, turn: int = Query(None, ge=1, le=1000)) -> list[dict[str, Any]]:
    _, game, government = seat_of(request)
    return selectors.events_for(game, f"seat:{government}", turn)


@router.get("/threads", summary="The talks that the seat takes part in")
def threads(request: HttpRequest) -> list[dict[str, Any]]:
    _, game, government = seat_of(request)
    return selectors.threads_for(game, f"seat:{government}")


@router.post("/messages", summary="Send a message", response={201: dict[str, str]})
def message(request: HttpRequest, body: MessageBody) -> Any:
    member, _, _ = seat_of(request)
    thread = services.send_message(membership=member, to=body.to, text=body.text)
    return Status(201, {"thread": thread})


@router.post("/statements", summary="Publish a statement", response={201: dict[str, str]})
def statement(request: HttpRequest, body: StatementBody) -> Any:
    member, _, government = seat_of(request)
    services.publish_statement(membership=member, text=body.text)
    return Status(201, {"government": government})


@router.get("/offers", summary="Offers made to the seat and by it")
def offers(request: HttpRequest) -> list[dict[str, Any]]:
    _, game, government = seat_of(request)
    return selectors.offers_for(game, f"seat:{government}")


@router.post("/offers", summary="Offer an agreement", response={201: Made})
def offer(request: HttpRequest, body: OfferBody) -> Any:
    member, _, _ = seat_of(request)
    made = services.make_offer(
        membership=member,
        agreement=body.agreement,
        parties=body.parties,
        text=body.text,
        open_for=body.open_for,
    )
    return Status(201, {"id": made})


@router.post("/offers/{offer_id}", summary="Accept, decline or withdraw an offer")
def answer(request: HttpRequest, offer_id: UUID, body: AnswerBody) -> list[dict[str, Any]]:
    member, _, government = seat_of(request)
    match body.answer:
        case "accept":
            services.accept_offer(membership=member, offer_id=offer_id, text=body.text)
        case "decline":
            services.decline_offer(membership=member, offer_id=offer_id, text=body.text)
        case "withdraw":
            services.withdraw_offer(membership=member, offer_id=offer_id)
    return selectors.offers_for(seat_of(request)[1], f"seat:{government}")


@router.post("/session", summary="Sign in for the live socket")
def session(request: HttpRequest) -> dict[str, str]:
    """Start a session for this seat: the cookie it sets opens the game's socket as a browser's."""
    member, game, _ = seat_of(request)
    login(request, member.person, backend=BACKEND)
    return {
        "socket": f"/ws/games/{game.pk}/",
        "cookie": f"{settings.SESSION_COOKIE_NAME}={request.session.session_key}",
    }
