"""Signing in and out, and coming back by a link. Joining by code is in apps.games."""

from __future__ import annotations

from collections.abc import Callable

import redis
import structlog
from django.contrib.auth import login
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods
from django_ratelimit.core import is_ratelimited

from apps.accounts.rejoin import redeem_token

log = structlog.get_logger(__name__)
BACKEND = "django.contrib.auth.backends.ModelBackend"
Key = Callable[[str, HttpRequest], str]
TOO_MANY = gettext_lazy("Too many attempts from here. Wait a minute, then try again.")


def too_many_attempts(
    request: HttpRequest, group: str, rate: str, key: str | Key = "ip", *, count: bool = True
) -> bool:
    """Count one attempt from this address; True once `rate` (such as "20/m") is passed.

    `key` counts by something else than the address: "post:username", or a function of the group
    and the request that returns text. With `count` false nothing is counted, only looked at.
    """
    try:
        return bool(is_ratelimited(request, group=group, key=key, rate=rate, increment=count))
    except redis.RedisError:
        # Counting needs Redis; a session in class must not stop because it is away.
        log.warning("attempts not counted", group=group)
        return False


class SignIn(LoginView):
    """The facilitator's and instructor's sign-in; a wrong password says nothing of the account."""

    template_name = "accounts/sign_in.html"
    redirect_authenticated_user = False

    @method_decorator(never_cache)
    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        by_address = too_many_attempts(request, "sign-in", "20/m")
        # An account is attacked from many addresses; its owner still gets in after a minute.
        by_account = too_many_attempts(request, "sign-in-account", "30/m", "post:username")
        if by_address or by_account:
            form = self.get_form()
            form.full_clean()
            form.add_error(None, TOO_MANY)
            return self.render_to_response(self.get_context_data(form=form), status=429)
        return super().post(request, *args, **kwargs)


class SignOut(LogoutView):
    """Sign out, by POST only."""


@never_cache
@require_http_methods(["GET", "POST"])
def rejoin(request: HttpRequest, token: str) -> HttpResponse:
    """Come back by a personal link.

    A GET shows a button, and the POST signs in: a mail scanner or a preview that opens the link
    does not take part in the game, and no other site can sign somebody in.
    """
    if request.method == "GET":
        return render(request, "accounts/rejoin.html", {"token": token})
    if too_many_attempts(request, "rejoin", "30/m"):
        return render(request, "accounts/rejoin.html", {"refusal": TOO_MANY}, status=429)
    link = redeem_token(token)
    if link is None:
        refusal = _("This link does not work any more. Ask your facilitator for a new one.")
        return render(request, "accounts/rejoin.html", {"refusal": refusal}, status=410)
    login(request, link.person, backend=BACKEND)
    safe = url_has_allowed_host_and_scheme(link.next_url, allowed_hosts=None)
    return redirect(link.next_url if safe else "/")
