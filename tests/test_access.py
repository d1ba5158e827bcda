"""Who may do what in the admin: a table over every address."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, reverse

from announcements.mergers import merge
from announcements.models import Announcement, ImportBatch, NearMatch
from announcements.roles import (
    ADMINISTRATORS,
    CONTRIBUTORS,
    EDITORS,
)
from tests import make

pytestmark = pytest.mark.django_db

PARTS = "promise release concern benefit"
SHARED = "company initiative"
VOCABULARIES = "license concerntype benefittype"
WITH_HISTORY = f"announcement source {PARTS} {SHARED} {VOCABULARIES}"
EVERYTHING = f"{WITH_HISTORY} nearmatch"
MERGED = "source company initiative"
IN_FILES = "announcement company"

# What is answered: "yes"; "read", when nothing can be sent; "no", which is 403 or the way to the login.
# A contributor has two columns: a record of their own that readers do not see, and anybody else's.
TABLE = [
    # models            page               outside  own     others'  editor  administrator
    ("-", "login", "yes", "yes", "yes", "yes", "yes"),
    ("-", "logout", "yes", "yes", "yes", "yes", "yes"),
    ("-", "index", "no", "yes", "yes", "yes", "yes"),
    ("-", "app_list", "no", "yes", "yes", "yes", "yes"),
    ("-", "autocomplete", "no", "yes", "yes", "yes", "yes"),
    ("-", "jsi18n", "no", "yes", "yes", "yes", "yes"),
    ("-", "view_on_site", "no", "yes", "yes", "yes", "yes"),
    ("-", "password_change", "no", "yes", "yes", "yes", "yes"),
    ("-", "password_change_done", "no", "yes", "yes", "yes", "yes"),
    ("-", "nowhere", "no", "yes", "yes", "yes", "yes"),
    (EVERYTHING, "changelist", "no", "yes", "yes", "yes", "yes"),
    (EVERYTHING, "history", "no", "yes", "yes", "yes", "yes"),
    (EVERYTHING, "bare", "no", "yes", "yes", "yes", "yes"),
    (EVERYTHING, "delete", "no", "no", "no", "no", "yes"),
    (WITH_HISTORY, "deleted", "no", "yes", "yes", "yes", "yes"),
    (f"announcement {PARTS}", "restore", "no", "yes", "no", "yes", "yes"),
    (f"source {SHARED}", "restore", "no", "no", "no", "yes", "yes"),
    (VOCABULARIES, "restore", "no", "no", "no", "no", "yes"),
    (MERGED, "merge", "no", "no", "no", "no", "yes"),
    (IN_FILES, "import process_import", "no", "no", "no", "yes", "yes"),
    (IN_FILES, "export", "no", "yes", "yes", "yes", "yes"),
    ("announcement", "queue", "no", "yes", "yes", "yes", "yes"),
    ("announcement", "add", "no", "yes", "yes", "yes", "yes"),
    ("announcement", "change", "no", "yes", "read", "yes", "yes"),
    ("announcement", "paste", "no", "yes", "yes", "yes", "yes"),
    (PARTS, "add", "no", "yes", "yes", "yes", "yes"),
    (PARTS, "change", "no", "yes", "read", "yes", "yes"),
    ("source", "add", "no", "yes", "yes", "yes", "yes"),
    ("source", "change", "no", "read", "read", "yes", "yes"),
    (SHARED, "add", "no", "no", "no", "yes", "yes"),
    (SHARED, "change", "no", "read", "read", "yes", "yes"),
    (VOCABULARIES, "add", "no", "no", "no", "no", "yes"),
    (VOCABULARIES, "change", "no", "read", "read", "read", "yes"),
    ("suggestion", "changelist", "no", "no", "no", "yes", "yes"),
    ("suggestion", "history", "no", "no", "no", "yes", "yes"),
    ("suggestion", "bare", "no", "yes", "yes", "yes", "yes"),
    ("suggestion", "add", "no", "no", "no", "no", "no"),
    ("suggestion", "change", "no", "no", "no", "yes", "yes"),
    ("suggestion", "delete", "no", "no", "no", "no", "yes"),
    ("nearmatch", "add", "no", "no", "no", "yes", "yes"),
    ("nearmatch", "change", "no", "read", "read", "yes", "yes"),
    ("merger", "changelist history", "no", "no", "no", "yes", "yes"),
    ("merger", "change", "no", "no", "no", "read", "read"),
    ("merger", "add delete", "no", "no", "no", "no", "no"),
    ("merger", "undo", "no", "no", "no", "no", "yes"),
    ("merger", "bare", "no", "yes", "yes", "yes", "yes"),
    ("importbatch", "changelist add change delete history", "no", "no", "no", "yes", "yes"),
    ("importbatch", "bare", "no", "yes", "yes", "yes", "yes"),
    ("user", "changelist", "no", "no", "no", "no", "yes"),
    ("user", "add", "no", "no", "no", "no", "yes"),
    ("user", "change", "no", "no", "no", "no", "yes"),
    ("user", "password_change", "no", "no", "no", "no", "yes"),
    ("user", "history", "no", "no", "no", "no", "yes"),
    ("user", "bare", "no", "yes", "yes", "yes", "yes"),
    ("user", "delete", "no", "no", "no", "no", "no"),
    ("group", "changelist", "no", "no", "no", "no", "yes"),
    ("group", "add", "no", "no", "no", "no", "no"),
    ("group", "change", "no", "no", "no", "no", "read"),
    ("group", "history", "no", "no", "no", "no", "yes"),
    ("group", "bare", "no", "yes", "yes", "yes", "yes"),
    ("group", "delete", "no", "no", "no", "no", "no"),
]
ROWS = {
    (model, page): cells
    for models, pages, *cells in TABLE
    for model in models.split()
    for page in pages.split()
}
FIXED = {
    "nowhere": "/admin/nowhere/",
    "app_list": "/admin/announcements/",
    "autocomplete": "/admin/autocomplete/?term=a&app_label=announcements"
    "&model_name=announcement&field_name=company",
}
LISTS = ("changelist", "add", "paste", "deleted", "import", "process_import", "export")
SENT = {"delete": {"post": "yes"}}


def addresses() -> Iterator[tuple[str, str]]:
    """Every address of the admin, as the model and the page that its name or its pattern says."""
    for pattern in admin.site.urls[0]:
        if isinstance(pattern, URLResolver):
            model = str(pattern.pattern).strip("/").rpartition("/")[2]
            for below in pattern.url_patterns:
                name = below.name or "bare"
                yield model, name.partition(f"_{model}_")[2] or name
        else:
            yield "-", pattern.name or "nowhere"


def test_every_address_of_the_admin_has_its_row_and_every_row_an_address():
    assert sorted(addresses()) == sorted(ROWS)


# The table


@dataclass
class World:
    """An announcement of a contributor and a published one of somebody else, each with all parts."""

    contributor: User
    own: Announcement
    others: Announcement
    people: dict[str, User | None] = field(default_factory=dict)

    def row(self, model: str, of: Announcement) -> Any:
        if model == "announcement":
            return of
        if model in ("user", "group"):
            return (
                User.objects.get(username="Editors") if model == "user" else Group.objects.first()
            )
        rows = apps.get_model("announcements", model).objects.order_by("pk")
        return rows.get(announcement=of) if model in PARTS.split() else rows.first()

    def address(self, model: str, page: str, of: Announcement) -> str:
        if model == "-":
            args = self._site(of) if page == "view_on_site" else []
            return FIXED.get(page) or reverse(f"admin:{page}", args=args)
        label = "auth" if model in ("user", "group") else "announcements"
        if page in LISTS:
            return reverse(f"admin:{label}_{model}_{page}")
        if page == "queue":
            return reverse(f"admin:{label}_{model}_{page}", args=["mine"])
        key = self.row(model, of).pk
        if page == "bare":
            return f"{reverse(f'admin:{label}_{model}_changelist')}{key}/"
        return reverse(f"admin:{label}_{model}_{page}", args=[key])

    def _site(self, of: Announcement) -> list[int]:
        model = apps.get_model("contenttypes", "ContentType").objects.get_for_model(of)
        return [model.pk, of.pk]


def with_all_parts(announcement: Announcement) -> Announcement:
    make.promise(announcement)
    make.release(announcement)
    make.concern(announcement)
    make.benefit(announcement)
    return announcement


def somebody(role: str, name: str = "", **facts: Any) -> User:
    user = User.objects.create_user(name or role, is_staff=True, **facts)
    user.groups.add(Group.objects.get(name=role))
    return user


@pytest.fixture(scope="module")
def world(once_for_the_module: None) -> World:
    contributor = somebody(CONTRIBUTORS)
    own = with_all_parts(make.draft(created_by=contributor, initiatives=[make.initiative()]))
    make.license()
    make.suggestion()
    NearMatch.objects.keep(own, make.draft(), "different", None)
    ImportBatch.objects.create(file_name="table.csv")
    merge(make.company(), make.company(), {})
    return World(contributor, own, with_all_parts(make.published()))


def answer(client: Client, method: str, address: str, sent: dict[str, str]) -> str:
    """Whether an address answered, and nothing of what it did: it is undone."""
    with transaction.atomic():
        response = client.get(address) if method == "get" else client.post(address, sent)
        transaction.set_rollback(True)
    assert response.status_code < 500
    to_the_login = response.status_code == 302 and response.url.startswith("/admin/login/")
    return "no" if response.status_code == 403 or to_the_login else "yes"


WORDS = {("yes", "yes"): "yes", ("yes", "no"): "read", ("no", "no"): "no"}


@pytest.mark.parametrize(("model", "page"), ROWS)
def test_an_address_answers_those_whom_the_table_names_and_nobody_else(world, model, page):
    outside, own, others, editor, administrator = ROWS[model, page]
    asked = [
        (None, world.own, outside),
        (User.objects.create_user("reader"), world.own, outside),
        (world.contributor, world.own, own),
        (world.contributor, world.others, others),
        (somebody(EDITORS), world.others, editor),
        (somebody(ADMINISTRATORS), world.others, administrator),
    ]
    got = []
    for user, of, _ in asked:
        address = world.address(model, page, of)
        answers = []
        for method in ("get", "post"):
            client = Client()
            if user:
                client.force_login(user)
            answers.append(answer(client, method, address, SENT.get(page, {})))
        got.append(WORDS[answers[0], answers[1]])
    assert got == [expected for _, _, expected in asked]
