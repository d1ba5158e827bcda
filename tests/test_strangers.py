"""Nothing that a stranger can send answers 500: whatever the path, the question, the headers, the body.

Requests come in by the door for web servers, not by Django's test client, which mends some of them.
``STRANGERS=5000`` in the environment tries so many times as hard.
"""

import os
from io import BytesIO
from urllib.parse import quote, unquote_to_bytes
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from django.urls import URLPattern, get_resolver
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from announcements.filters import AnnouncementFilter
from announcements.search import LONGEST_QUERY
from tests import make, surfaces
from tracker.wsgi import application

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("STRANGERS", "150"))
some = st.sampled_from

HOSTILE = [
    "",
    "%00",
    "a%00b",
    "%ed%a0%80",
    "%ff%fe",
    "%5Cud800",
    "%2B2AA-",
    "%E2%80%AE%D7%A9",
    "%F0%9F%92%A5",
    "%0d%0aSet-Cookie:%20a=b",
    "..%2f..%2fetc",
    "x" * 10_000,
    "9" * 5_000,
    "-1",
    "0",
    "1e9",
    "99999999999999999999",
    "2023-13-45",
    "0000",
    "9999-12-31",
    "%22",
    "NEAR(a*",
    "-a+" * (LONGEST_QUERY // 3),
    "a+" * (LONGEST_QUERY // 2),
    "%22" * LONGEST_QUERY,
    "'%20OR%201=1--",
    "%7B%7B7*7%7D%7D",
    "%3Cscript%3E",
    "acme",
    "misuse",
    "yes",
    "draft",
]
PATHS = [
    "/" + str(pattern.pattern).replace("<slug:", "<").replace("<str:", "<")
    for resolver in get_resolver().url_patterns
    for pattern in getattr(resolver, "url_patterns", [resolver])
    if isinstance(pattern, URLPattern) and "admin" not in str(getattr(resolver, "pattern", ""))
]
SLUGS = ["public", "draft", "acme", "bolt", "opener", "misuse", "apache-2.0"]
NAMES = [*AnnouncementFilter.base_filters, "company[]", "next", "%00", "x" * 500, "%ff", "page "]
CHARSETS = ["utf-8", "hex", "rot13", "idna", "undefined", "utf-7", "utf-16", "unicode_escape", "no"]
TYPES = [
    "application/x-www-form-urlencoded",
    "multipart/form-data; boundary=x",
    "multipart/form-data",
    "application/json",
    "text/plain",
    "\xff\xfe",
]
BODIES = [b"", b"\x00\xff", b"--x\r\n\r\n", b"a=" + b"b" * 5000, b"username=%00&password=%ff", b"{"]
DATES = ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Foo 99999 99:99:99 GMT", "\xff"]
HEADERS = {
    "HTTP_ACCEPT": ["*/*", "text/html;q=x", "\xff", "," * 500],
    "HTTP_ACCEPT_ENCODING": ["gzip", "gzip;q=0", "\xff", "br" * 900],
    "HTTP_ACCEPT_LANGUAGE": ["de", "x" * 600, "\xff", ",;q=,"],
    "HTTP_HX_REQUEST": ["true", "false", "\xff"],
    "HTTP_HX_TARGET": ["main", "\xff", "<b>"],
    "HTTP_HX_CURRENT_URL": ["http://[", "%ff", "\xff", "//" * 500],
    "HTTP_HX_CURRENT_URL_URI_AUTOENCODED": ["true", "x"],
    "HTTP_HX_HISTORY_RESTORE_REQUEST": ["true", "x"],
    "HTTP_HX_TRIGGERING_EVENT": ["{", "\xff"],
    "HTTP_IF_NONE_MATCH": ["*", '"', 'W/"a", "b"', "\xff" * 90],
    "HTTP_IF_MATCH": ["*", '"a"', "\xff"],
    "HTTP_IF_MODIFIED_SINCE": DATES,
    "HTTP_IF_UNMODIFIED_SINCE": DATES,
    "HTTP_RANGE": ["bytes=0-1", "bytes=-", "bytes=9-1", "\xff"],
    "HTTP_COOKIE": [
        "sessionid=x",
        'sessionid="aaaaaaaaaaaa\\000"',
        "sessionid=" + "a" * 5000,
        'csrftoken="\\000"; messages=x',
        "sessionid=\xff\xfe; ;;=;a",
    ],
    "HTTP_HOST": ["localhost", "evil.example", "local host", "\xff", "[::1", "localhost:99999"],
    "HTTP_X_FORWARDED_PROTO": ["https", "\xff"],
    "HTTP_REFERER": ["http://[", "\xff"],
    "HTTP_ORIGIN": ["null", "http://[", "\xff"],
    "HTTP_X_HTTP_METHOD_OVERRIDE": ["DELETE"],
    "CONTENT_LENGTH": ["", "0", "x", "-5", "99999999999999"],
}
METHODS = ["GET"] * 8 + ["HEAD", "OPTIONS", "PUT", "TRACE", "POST", "DELETE", "PATCH", "NONSENSE"]
FAILED = ("django.request", "ERROR")
"""How the log names what went wrong on this side."""

texts = st.text(max_size=20).map(lambda text: quote(text, errors="surrogatepass"))
parts = some(SLUGS) | some(HOSTILE) | texts
parameters = st.tuples(some(NAMES) | texts, some(HOSTILE) | some(SLUGS) | texts)
questions = st.lists(parameters, max_size=5).map(lambda rows: "&".join(map("=".join, rows)))


@st.composite
def paths(draw):
    """One of the site's own patterns, its parts filled in by a stranger; or the admin's door, or nothing."""
    path = draw(some([*PATHS, "/admin/login/", "/admin/", "/nothing/<slug>"]))
    path = path.replace("<name>", draw(some(NAMES) | parts))
    return path.replace("<slug>", draw(parts)) + draw(some(["", "", "", "", "/", "%00", "%0a"]))


types = st.builds("{}; charset={}".format, some(TYPES), some(CHARSETS)) | some(TYPES)
requests = st.fixed_dictionaries(
    {
        "method": some(METHODS),
        "path": paths(),
        "question": questions,
        "body": some(BODIES),
        "headers": st.fixed_dictionaries(
            {}, optional={name: some(values) for name, values in HEADERS.items()}
        ),
        "type": st.none() | types,
    }
)


def status(path, question="", method="GET", body=b"", headers=(), type=None):
    """The status of the answer, which is read to its end, to a request as a web server hands it on."""
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
        "QUERY_STRING": question,
        "HTTP_HOST": "localhost",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": BytesIO(body),
    }
    environ |= dict(headers) | ({"CONTENT_TYPE": type} if type else {})
    setup_testing_defaults(environ)
    answers = []
    # A database that refused a statement takes no other in the same transaction.
    with transaction.atomic():
        response = application(environ, lambda line, _: answers.append(int(line[:3])))
        b"".join(response)
        response.close()
        transaction.set_rollback(True)
    return answers[0]


@pytest.fixture(scope="module", autouse=True)
def _as_strangers_come():
    """Hosts as in development: pytest lets every host in. Connections stay open, as with a test client."""
    signals = (request_started, request_finished)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.conf.settings.ALLOWED_HOSTS", ["localhost"])
        for signal in signals:
            signal.disconnect(close_old_connections)
        yield
        for signal in signals:
            signal.connect(close_old_connections)


@pytest.mark.parametrize("is_filled", [False, True], ids=["empty", "filled"])
def test_nothing_answers_500(is_filled, caplog):
    if is_filled:
        surfaces.fill()

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(request=requests)
    def ask(request):
        caplog.clear()
        assert status(**request) < 500
        assert not [row for row in caplog.records if (row.name, row.levelname) == FAILED]

    ask()


@pytest.mark.parametrize("charset", CHARSETS)
@pytest.mark.parametrize("path", ["/announcements/", "/companies/", "/admin/login/"])
def test_a_question_is_read_as_utf_8_whatever_charset_is_named(path, charset):
    type = f"text/plain; charset={charset}"

    assert status(path, "q=%5Cud800", type=type) in (200, 400)
    assert status(path, "&".join("a=1" for _ in range(6000)), type=type) in (200, 400)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/licenses/%00/", {}),
        ("/announcements/%00/", {}),
        ("/admin/login/", {"HTTP_COOKIE": 'sessionid="aaaaaaaaaaaa\\000"'}),
        ("/admin/", {"HTTP_COOKIE": 'sessionid="aaaaaaaaaaaa\\000"'}),
    ],
)
def test_a_nul_is_refused_before_a_database_is_asked_for_it(path, headers):
    assert status(path, headers=headers) == 400


def test_what_a_stranger_finds_is_found_by_the_same_door():
    make.published(slug="public")

    assert status("/announcements/public/") == 200
    assert status("/licenses/%E2%80%AE/") == 404
