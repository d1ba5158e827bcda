import json
import logging
import sys

import pytest

from tracker.logs import JsonFormatter


@pytest.fixture
def line():
    """One record as it is written, read back."""

    def line(message="Read %s", *args, **extra):
        record = logging.LogRecord("tracker", logging.WARNING, __file__, 1, message, args, None)
        record.__dict__.update(extra)
        written = JsonFormatter().format(record)
        assert "\n" not in written
        return json.loads(written)

    return line


def test_a_line_says_when_how_grave_who_and_what(line):
    told = line("Read %s", "a\nb")

    assert told.pop("time").endswith("+00:00")
    assert told == {"level": "WARNING", "logger": "tracker", "message": "Read a\nb"}


def test_a_line_about_a_request_says_which(line, rf):
    told = line("Not Found", request=rf.get("/x/?secret=1"), status_code=404)

    assert (told["method"], told["path"], told["status"]) == ("GET", "/x/", 404)


def test_a_line_about_an_error_holds_its_trace(line):
    try:
        raise ValueError("why")
    except ValueError:
        told = line("Failed", exc_info=sys.exc_info())

    assert "ValueError: why" in told["exception"]
