"""What the groups may do, and what no address of the admin gives away to whom it is not for."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command
from django.test import Client

from announcements.forms.places import NOT_OF_THIS_PAGE
from announcements.models import Announcement, Company, Promise, Source
from announcements.roles import (
    ADMINISTRATORS,
    CONTRIBUTORS,
    EDITORS,
    IMPORTS,
    KEPT,
    QUEUE,
    RECORDS,
    ROLES,
    granted,
)
from tests import make
from tests.editing import ADD, Page, filled, log_in, page_of

pytestmark = pytest.mark.django_db

# The groups


@pytest.mark.parametrize("role", ROLES)
def test_a_group_has_what_the_table_of_roles_gives_it_and_nothing_else(role):
    rows = Group.objects.get(name=role).permissions.select_related("content_type")
    assert {(row.content_type.app_label, row.codename) for row in rows} == granted(role)


@pytest.mark.parametrize("role", ROLES)
def test_migrating_again_makes_a_group_as_the_table_says(role):
    group = Group.objects.get(name=role)
    group.permissions.set(Permission.objects.filter(codename__in=["add_group", "view_source"]))
    call_command("migrate", verbosity=0)
    assert group.permissions.count() == len(granted(role))
    assert Group.objects.filter(name=role).count() == 1


def test_whatever_has_a_page_or_rows_in_the_admin_stands_in_the_table_of_roles():
    ours = filter(admin.site.is_registered, apps.get_app_config("announcements").get_models())
    owners = [admin.site.get_model_admin(model) for model in ours]
    shown = {one.model for owner in owners for one in (owner, *owner.inlines)}
    assert {model._meta.model_name for model in shown} == {*RECORDS, *QUEUE, *IMPORTS, *KEPT}


# Contributors


@pytest.fixture
def contributor(client) -> User:
    return log_in(client, "ann", CONTRIBUTORS)


def test_a_contributor_begins_a_draft_and_goes_on_with_it(client, contributor):
    filled(Page(client, ADD)).send()
    draft = Announcement.objects.get()
    assert draft.created_by == contributor
    page = Page(client, page_of(draft)).fill(title="Meta opens another thing")
    page.row("promises", title="Weights", step_status="announced", step_on="2023-10")
    page.fill(**{"promises-0-step_source": "1", "promises-0-step_text": "They will come."})
    page.send()
    assert page.errors == []
    draft.refresh_from_db()
    assert draft.title == "Meta opens another thing"
    assert draft.promises.get().status == "announced"


def test_a_contributor_takes_a_row_from_a_draft_of_their_own(client, contributor):
    draft = make.draft(created_by=contributor)
    promise = make.promise(draft)
    Page(client, page_of(draft)).delete("promises", 0).send()
    assert not Promise.objects.filter(pk=promise.pk).exists()


def test_a_contributor_sees_no_switch_and_can_press_none(client, contributor):
    draft = make.draft(created_by=contributor)
    page = Page(client, page_of(draft))
    assert "_publish" not in page.form.buttons
    page.form.buttons["_publish"] = "Save"
    assert page.send("_publish", title="Changed").status_code == 403
    draft.refresh_from_db()
    assert not draft.is_published
    assert draft.title != "Changed"


@pytest.mark.parametrize("action", ["publish_selected", "unpublish_selected", "delete_selected"])
def test_a_contributor_selects_rows_to_no_effect(client, contributor, action):
    rows = [make.draft(created_by=contributor), make.published()]
    sent = {"action": action, "_selected_action": [row.pk for row in rows], "post": "yes"}
    client.post("/admin/announcements/announcement/", sent)
    states = [Announcement.objects.get(pk=row.pk).state for row in rows]
    assert states == [row.state for row in rows]


def test_a_draft_is_closed_to_its_contributor_once_readers_see_it(client, contributor):
    draft = make.draft(created_by=contributor)
    page = Page(client, page_of(draft)).fill(title="Changed")
    draft.publish(evidence_later=True)
    assert page.send().status_code == 403
    draft.refresh_from_db()
    assert draft.title != "Changed"


@pytest.mark.parametrize(
    ("model", "of"),
    [
        ("promise", lambda row: make.promise(row)),
        ("release", lambda row: make.release(row)),
        ("concern", lambda row: make.concern(row)),
        ("benefit", lambda row: make.benefit(row)),
    ],
)
def test_a_part_is_moved_to_nobody_elses_announcement(client, contributor, model, of):
    others = make.draft()
    part = of(make.draft(created_by=contributor))
    page = Page(client, page_of(part)).fill(announcement=others)
    page.send()
    assert "Choose an announcement that you began yourself" in " ".join(page.errors)
    part.refresh_from_db()
    assert part.announcement != others


def test_a_part_is_added_to_nobody_elses_announcement(client, contributor):
    others = make.draft()
    page = Page(client, "/admin/announcements/benefit/add/")
    page.fill(announcement=others, type=make.benefit_type(), text="Good.", claimed_by="Us").send()
    assert "Choose an announcement that you began yourself" in " ".join(page.errors)
    assert not others.benefits.exists()


def test_a_row_of_somebody_else_is_not_reached_through_a_page_of_ones_own(client, contributor):
    strange = make.promise(make.draft(), title="Theirs")
    draft = make.draft(created_by=contributor)
    make.promise(draft)
    page = Page(client, page_of(draft))
    page.values["promises-0-id"] = [str(strange.pk)]
    page.fill(**{"promises-0-title": "Taken over"})
    page.send()
    assert NOT_OF_THIS_PAGE in page.errors
    strange.refresh_from_db()
    assert strange.title == "Theirs"
    assert strange.announcement != draft


def test_a_step_of_somebody_else_is_not_reached_through_a_promise_of_ones_own(client, contributor):
    strange = make.promise(make.draft()).updates.get()
    mine = make.promise(make.draft(created_by=contributor))
    page = Page(client, page_of(mine))
    page.values["updates-0-id"] = [str(strange.pk)]
    page.fill(**{"updates-0-text": "Taken over"})
    page.send()
    assert NOT_OF_THIS_PAGE in page.errors
    strange.refresh_from_db()
    assert strange.text != "Taken over"


def test_a_page_of_somebody_elses_promise_takes_nothing(client, contributor):
    strange = make.promise(make.draft())
    own = make.promise(make.draft(created_by=contributor))
    page = Page(client, page_of(own)).fill(title="Taken over")
    page.address = page_of(strange)
    assert page.send().status_code == 403
    strange.refresh_from_db()
    assert strange.title != "Taken over"


def test_a_contributor_adds_a_source_and_changes_none_by_citing_it(client, contributor):
    known = make.source("https://example.org/known", title="", publisher="")
    page = filled(Page(client, ADD))
    page.row("citations", address=known.url, title="Mine", publisher="Mine").send()
    assert Announcement.objects.get().citations.count() == 2
    known.refresh_from_db()
    assert (known.title, known.publisher) == ("", "")
    assert Source.objects.filter(title="A report").exists()


def test_a_contributor_attaches_an_address_to_nothing_but_what_is_their_own(client, contributor):
    paste = "/admin/announcements/announcement/paste/"
    others, own = make.draft(title="Theirs"), make.draft(title="Mine", created_by=contributor)
    sent = {"url": "https://example.org/new"}
    html = client.get(paste, sent).content.decode()
    assert f'name="announcement" value="{own.pk}"' in html
    assert f'name="announcement" value="{others.pk}"' not in html
    assert client.post(paste, {**sent, "announcement": others.pk}).status_code == 403
    assert client.post(paste, {**sent, "announcement": own.pk}).status_code == 302
    assert own.citations.count() == 2


# Editors


def test_an_editor_takes_a_row_from_a_page_and_deletes_no_record(client):
    log_in(client)
    company = make.company()
    company.former_names.create(name="Before")
    Page(client, page_of(company)).delete("former_names", 0).send()
    assert not company.former_names.exists()
    sent = {"action": "delete_selected", "_selected_action": [company.pk], "post": "yes"}
    client.post("/admin/announcements/company/", sent)
    assert Company.objects.filter(pk=company.pk).exists()


# Administrators and accounts


@pytest.fixture
def administering(client) -> Client:
    log_in(client, "admin", ADMINISTRATORS)
    return client


def account_page(user: User) -> str:
    return f"/admin/auth/user/{user.pk}/change/"


def test_an_administrator_gives_an_account_its_role(administering):
    user = User.objects.create_user("new")
    page = Page(administering, account_page(user))
    page.fill(is_staff="on", groups=[Group.objects.get(name=EDITORS)]).send()
    user.refresh_from_db()
    assert user.is_staff
    assert user.has_perm("announcements.publish_announcement")


def test_an_administrator_makes_nobody_a_superuser(administering):
    user = User.objects.get(username="admin")
    page = Page(administering, account_page(user))
    assert not {"is_superuser", "user_permissions"} & set(page.values)
    every = [str(row.pk) for row in Permission.objects.all()]
    page.values |= {"is_superuser": ["on"], "user_permissions": every, "first_name": ["Ann"]}
    page.send()
    user.refresh_from_db()
    assert user.first_name == "Ann"
    assert not user.is_superuser
    assert not user.user_permissions.exists()


def test_an_administrator_adds_no_superuser(administering):
    page = Page(administering, "/admin/auth/user/add/")
    page.fill(username="new", password1="long-and-strange", password2="long-and-strange")
    page.values |= {"is_superuser": ["on"], "is_staff": ["on"]}
    page.send()
    assert not User.objects.get(username="new").is_superuser


def more_rights() -> dict[str, User]:
    """Accounts that may do what an administrator may not."""
    by_hand, by_group = (User.objects.create_user(name) for name in ("by hand", "by group"))
    right = Permission.objects.get(codename="change_group")
    by_hand.user_permissions.add(right)
    group = Group.objects.create(name="Above")
    group.permissions.add(right)
    by_group.groups.add(group)
    asleep = User.objects.create_user("asleep", is_active=False)
    asleep.user_permissions.add(right)
    return {
        "superuser": User.objects.create_superuser("root"),
        "inactive superuser": User.objects.create_superuser("old root", is_active=False),
        "right by hand": by_hand,
        "right by group": by_group,
        "inactive": asleep,
    }


@pytest.mark.parametrize(
    "kind", ["superuser", "inactive superuser", "right by hand", "right by group", "inactive"]
)
def test_an_account_that_may_do_more_is_changed_by_nobody_who_may_less(administering, kind):
    user = more_rights()[kind]
    password = {"password1": "long-and-strange", "password2": "long-and-strange"}
    sent = {"username": "taken", "is_active": "on"}
    assert administering.post(account_page(user), sent).status_code == 403
    page = f"/admin/auth/user/{user.pk}/password/"
    assert administering.get(page).status_code == 403
    assert administering.post(page, password).status_code == 403
    user.refresh_from_db()
    assert user.username != "taken"
    assert not user.has_usable_password()


def test_an_administrator_gives_nobody_a_group_that_is_no_role(administering):
    strange = Group.objects.create(name="Above")
    user = User.objects.get(username="admin")
    page = Page(administering, account_page(user)).fill(groups=[strange])
    page.send()
    assert page.errors
    assert not user.groups.filter(name="Above").exists()


def test_saving_an_account_takes_no_group_from_it(administering):
    harmless = Group.objects.create(name="Press")
    user = User.objects.create_user("new")
    user.groups.add(harmless)
    Page(administering, account_page(user)).fill(first_name="Ann").send()
    user.refresh_from_db()
    assert user.first_name == "Ann"
    assert list(user.groups.all()) == [harmless]


def test_a_superuser_still_does_everything(client):
    client.force_login(User.objects.create_superuser("root"))
    user = User.objects.create_user("new")
    Page(client, account_page(user)).fill(is_superuser="on").send()
    user.refresh_from_db()
    assert user.is_superuser
