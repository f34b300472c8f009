"""gunicorn's threaded worker: warm at its start, and it drops no connection at its end."""

from __future__ import annotations

from gunicorn.workers.gthread import ThreadWorker


class PageWorker(ThreadWorker):
    """Warms itself once it has loaded; ends by serving what has connected, and listens no longer.

    gunicorn's own worker stops to accept but keeps its listening socket until it has finished. For
    these seconds the kernel goes on to take connections that nobody answers, and they are reset
    in the end: a form that a proxy has sent into one is lost. Where nobody listens the
    proxy goes to another server at once.
    """

    def load_wsgi(self) -> None:
        super().load_wsgi()
        from apps.games import warming  # the application has just loaded the apps

        warming.begin()

    def set_accept_enabled(self, enabled: bool) -> None:
        super().set_accept_enabled(enabled)
        if self.alive or enabled:
            return
        for listener in self.sockets:
            waiting = -1
            while waiting != self.nr_conns:  # until an attempt brings nobody
                waiting = self.nr_conns
                self.accept(listener)
            listener.close()
