"""The admin's pages as an editor meets them: forms are read from the page, filled in and sent."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any, Self

from django.contrib.auth.models import Group, User
from django.test import Client

from announcements.roles import EDITORS
from tests import make


def log_in(client: Client, name: str = "editor", role: str = EDITORS) -> User:
    """Somebody at this client, by default an editor, with the rights of the group and no others."""
    user = User.objects.create_user(name, is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    return user


def page_of(row: Any, what: str = "change") -> str:
    return f"/admin/announcements/{row._meta.model_name}/{row.pk}/{what}/"


class FormParser(HTMLParser):
    """What a browser would send of the page's forms, and which fields have no label."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, list[str]] = {}
        self.buttons: dict[str, str] = {}
        self.ids: dict[str, str] = {}
        self.labelled: set[str] = set()
        self.anchors: set[str] = set()
        self._select = self._textarea = ""
        self._first = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        self.anchors.add(given.get("id", ""))
        if tag == "label":
            self.labelled.add(given.get("for", ""))
        if tag in ("input", "select", "textarea") and given.get("type") not in ("hidden", "submit"):
            self.ids[given.get("id", name)] = name
            if "aria-label" in given:
                self.labelled.add(given.get("id", name))
        if tag == "input" and name:
            self._input(name, given)
        if tag == "select":
            self._select, self._first = name, "multiple" not in given
            self.values.setdefault(name, [])
        if tag == "option" and self._select:
            self._option(given)
        if tag == "textarea":
            self._textarea = name
            self.values[name] = [""]

    def _input(self, name: str, given: dict[str, str]) -> None:
        kind = given.get("type")
        if kind == "submit":
            self.buttons[name] = given.get("value", "")
        elif kind not in ("checkbox", "radio") or "checked" in given:
            self.values.setdefault(name, []).append(
                given.get("value", "on" if kind == "checkbox" else "")
            )

    def _option(self, given: dict[str, str]) -> None:
        chosen = self.values[self._select]
        if "selected" in given:
            self.values[self._select] = (
                [given["value"]] if self._first else [*chosen, given["value"]]
            )
            self._first = False
        elif self._first and not chosen:
            chosen.append(given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        if tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # The template begins a text area with one newline, which browsers drop.
            self.values[self._textarea] = [
                (self.values[self._textarea][0] + data).removeprefix("\n")
            ]


class Page:
    """One page with a form."""

    def __init__(self, client: Client, address: str) -> None:
        self.client, self.address = client, address
        self.read(client.get(address))

    def read(self, response: Any) -> None:
        self.response = response
        self.html = response.content.decode()
        self.form = FormParser(self.html)
        self.values = self.form.values

    def fill(self, **values: Any) -> Self:
        """Type into fields; a list chooses several."""
        for name, value in values.items():
            assert name in self.values or name in self.form.ids.values(), f"no field {name}"
            several = value if isinstance(value, list) else [value]
            self.values[name] = [str(getattr(item, "pk", item)) for item in several]
        return self

    def row(self, prefix: str, index: Any = None, **values: Any) -> Self:
        """Type into a row, by default into a new one."""
        total = int(self.values[f"{prefix}-TOTAL_FORMS"][0])
        if index is None:
            index = self.empty.get(prefix, int(self.values[f"{prefix}-INITIAL_FORMS"][0]))
            self.empty[prefix] = index + 1
        if index >= total:
            self._add_row(prefix, total)
        return self.fill(**{f"{prefix}-{index}-{name}": value for name, value in values.items()})

    @property
    def empty(self) -> dict[str, int]:
        return self.__dict__.setdefault("_empty", {})

    def _add_row(self, prefix: str, total: int) -> None:
        for name, value in list(self.values.items()):
            if name.startswith(f"{prefix}-__prefix__-"):
                self.values[name.replace("__prefix__", str(total))] = list(value)
        self.values[f"{prefix}-TOTAL_FORMS"] = [str(total + 1)]

    def delete(self, prefix: str, index: int) -> Self:
        self.values[f"{prefix}-{index}-DELETE"] = ["on"]
        return self

    def send(self, button: str = "_save", **more: str) -> Any:
        """Press a button; the page then holds what came back."""
        assert button in self.form.buttons, f"no button {button}"
        sent = {name: value for name, value in self.values.items() if "__prefix__" not in name}
        response = self.client.post(self.address, {**sent, button: "Save", **more}, follow=True)
        self.sent = sent
        self.read(response)
        return response

    @property
    def errors(self) -> list[str]:
        """Every sentence about an error that the page shows."""
        context = self.response.context
        lists = context.get("errors", [])
        return [unescape(re.sub("<[^>]+>", "", str(error))) for error in lists]

    @property
    def messages(self) -> list[str]:
        return [str(message) for message in self.response.context["messages"]]


ADD = "/admin/announcements/announcement/add/"


def filled(page: Page, **more: Any) -> Page:
    """All that the words of an announcement need, and one source."""
    known = {
        "title": "Meta opens a thing",
        "company": make.company(),
        "announced_on": "2023-10",
        "kind": "program",
        "basis": "company-statement",
        "summary": "It did.",
    }
    page.fill(**known | more)
    address = "https://www.axios.com/a?utm_source=x"
    return page.row("citations", address=address, title="A report", kind="company-statement")
