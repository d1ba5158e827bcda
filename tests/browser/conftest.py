"""A site with the starter records and one announcement that has everything, and a browser that tells on it.

Tests here only read, so that one database serves them all.
"""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request
from pytest_django.live_server_helper import LiveServer
from pytest_django.plugin import DjangoDbBlocker

from tests import surfaces

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
]
TELL_OF_VIOLATIONS = """
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
        console.error(`Content-Security-Policy: ${violatedDirective} refused ${blockedURI}`));
"""


# Of its own accord, so that it comes before Playwright: beside a running loop Django refuses queries.
@pytest.fixture(scope="session", autouse=True)
def base_url(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[str]:
    """Where the site is; the address of a page is relative to it."""
    with django_db_blocker.unblock():
        databases = setup_databases(verbosity=0, interactive=False)
        call_command("seed", verbosity=0)
        surfaces.fill()
        server = LiveServer("localhost")
        yield server.url
        server.stop()
        teardown_databases(databases, verbosity=0)


PASSWORD = "as-good-as-any"


def session_of(name: str) -> str:
    """The key of a session of somebody new who may do everything in the admin."""
    client = Client()
    client.force_login(User.objects.create_superuser(name, password=PASSWORD))
    return client.cookies[settings.SESSION_COOKIE_NAME].value


# Of its own accord too, for the same reason.
@pytest.fixture(scope="session", autouse=True)
def editors_session(base_url: str, django_db_blocker: DjangoDbBlocker) -> str:
    with django_db_blocker.unblock():
        return session_of("root")


# And so is this one.
@pytest.fixture(scope="session", autouse=True)
def others_session(base_url: str, django_db_blocker: DjangoDbBlocker) -> str:
    with django_db_blocker.unblock():
        return session_of("bob")


def log_in(context: BrowserContext, base_url: str, session: str) -> None:
    cookie: Any = {"name": settings.SESSION_COOKIE_NAME, "value": session, "url": base_url}
    context.add_cookies([cookie])


@pytest.fixture
def desk(page: Page, base_url: str, editors_session: str) -> Page:
    """A page of somebody who is logged in."""
    log_in(page.context, base_url, editors_session)
    return page


@pytest.fixture
def others_desk(
    new_context: Any, base_url: str, others_session: str, complaints: "Complaints"
) -> Page:
    """A page of somebody else, in a browser of their own."""
    context = new_context()
    complaints.listen(context)
    context.set_default_timeout(10_000)
    context.add_init_script(TELL_OF_VIOLATIONS)
    log_in(context, base_url, others_session)
    return context.new_page()


SETTLED_AT = """
    query => [location.search, query].map(q => `${[...new URLSearchParams(q)].sort()}`)
        .every((text, _, [first]) => text === first) && !document.querySelector(".htmx-request")
"""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if not CHROMIUM:
        pytest.exit("Chromium is not installed. On Debian: apt-get install chromium", returncode=1)
    as_root = ["--no-sandbox"] if os.geteuid() == 0 else []
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": [*QUIET, *as_root]}


@dataclass
class Complaints:
    """What the browser found wrong, and the words of what a test provokes."""

    found: list[str] = field(default_factory=list)
    provoked: list[str] = field(default_factory=list)

    def expect(self, words: str) -> None:
        self.provoked.append(words)

    def listen(self, context: BrowserContext) -> None:
        context.on("console", self.hear)
        context.on("weberror", lambda error: self.found.append(str(error.error)))
        context.on("requestfailed", self.miss)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.found.append(message.text)

    def miss(self, request: Request) -> None:
        # Given up by the browser itself: the page was left, or a newer question was asked.
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"{request.url}: {request.failure}")

    @property
    def unexpected(self) -> list[str]:
        return [words for words in self.found if not any(part in words for part in self.provoked)]


@pytest.fixture
def complaints() -> Complaints:
    return Complaints()


@pytest.fixture
def context(context: BrowserContext, complaints: Complaints) -> Iterator[BrowserContext]:
    """Any error in the console, failed request or breach of the policy fails the test."""
    complaints.listen(context)
    context.set_default_timeout(10_000)
    context.add_init_script(TELL_OF_VIOLATIONS)
    yield context
    assert complaints.unexpected == []


@pytest.fixture
def reader(page: Page) -> "Reader":
    return Reader(page)


@dataclass
class Reader:
    """Someone with the list of announcements before them."""

    page: Page

    def open(self, query: str = "") -> None:
        self.page.goto(f"/announcements/{query}")
        self.page.evaluate("window.isTheOneThatWasOpened = true")

    @property
    def is_where_it_was_opened(self) -> bool:
        """Whether everything since came in place, without leaving the page."""
        return bool(self.page.evaluate("window.isTheOneThatWasOpened === true"))

    @property
    def query(self) -> str:
        return self.page.url.partition("/announcements/")[2]

    @property
    def total(self) -> int:
        return int(self.page.locator("main").get_attribute("data-total") or "")

    @property
    def shown(self) -> int:
        """The number above the list."""
        return int(self.page.locator("#results .tools strong").inner_text())

    @property
    def announced(self) -> str:
        return self.page.locator("p[role=status]").inner_text()

    @property
    def slugs(self) -> list[str | None]:
        return [entry.get_attribute("data-slug") for entry in self.page.locator(".entry").all()]

    @property
    def chips(self) -> list[str]:
        chips = self.page.locator(".chip-remove").all_text_contents()
        return [re.sub(r"\s+", " ", chip).strip() for chip in chips]

    @property
    def focus(self) -> str:
        """The id of the element that has the focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    def count(self, name: str, value: str) -> int:
        """What the form says that a value of a filter would give."""
        label = self.page.locator(f"[data-filter={name}][data-value={value}]")
        return int(label.get_attribute("data-count") or "")

    def choose(self, name: str, value: str) -> None:
        self.page.locator(f"#id_{name}-{value}").click()

    def wait_for(self, query: str) -> None:
        """Until the address is that of this query, in any order, and the list with it."""
        self.page.wait_for_function(SETTLED_AT, arg=query)
