"""Log lines of errors: the place and the kind, and no text that a person may have typed."""

from __future__ import annotations

import json
import logging
import logging.config

import pytest

from wargame.logs import configure_logging, told


def raised(*errors: BaseException) -> BaseException:
    """The first error, raised from the second and so on."""
    try:
        if len(errors) > 1:
            raise errors[0] from raised(*errors[1:])
        raise errors[0]
    except BaseException as error:
        return error


def test_what_somebody_typed_stays_out_of_a_traceback_and_its_causes():
    text = told(raised(ValueError("Canary Anna"), KeyError("Canary Ben")))
    assert "Canary" not in text
    assert text.index("ValueError") < text.index("which came of") < text.index("KeyError")
    assert "test_logs.py" in text


def test_what_a_machine_says_is_kept():
    assert "ConnectionRefusedError: nobody listens" in told(
        raised(ConnectionRefusedError("nobody listens"))
    )


@pytest.mark.parametrize("style", ["json", "console"])
def test_both_forms_of_a_line_leave_the_text_out(style, capsys):
    config = configure_logging(level="INFO", style=style)
    handler = logging.StreamHandler()
    maker = config["formatters"]["lines"]
    handler.setFormatter(maker["()"](**{k: v for k, v in maker.items() if k != "()"}))
    logger = logging.Logger("a test's own")
    logger.addHandler(handler)
    logger.error("it broke", exc_info=raised(ValueError("Canary Anna")))
    line = capsys.readouterr().err
    assert "ValueError" in line
    assert "Canary" not in line
    if style == "json":
        assert json.loads(line)["event"] == "it broke"


@pytest.mark.django_db
def test_a_503_that_was_given_on_purpose_is_no_error_line_of_its_own(client, caplog, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    with caplog.at_level("WARNING"):
        assert client.get("/readyz").status_code == 503
    assert "probe failed" in caplog.text
    assert "Service Unavailable" not in caplog.text
