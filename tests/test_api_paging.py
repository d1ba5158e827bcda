"""Page by page while others write: what stays is seen once, and a copy can be kept right."""

from itertools import count

import pytest
from django.utils import timezone

from announcements.filters import ORDERS
from announcements.models import Announcement, DataVersion
from tests import make
from tests.test_api import ROOT, get, ids, walk

pytestmark = pytest.mark.django_db

WORD = "Anvil"
BEGINNING = "1970-01-01T00:00:00Z"
in_every_order = pytest.mark.parametrize("order", list(ORDERS))


def some(number, **facts):
    """Announcements of several days, some in the same month, and of two companies."""
    return [
        make.published(
            title=f"{WORD} {place % 3} of {place}",
            announced_on=f"2024-0{place % 4 + 1}-0{place % 2 + 1}",
            **facts,
        )
        for place in range(number)
    ]


@in_every_order
def test_what_stays_is_seen_exactly_once_whatever_comes_and_goes(client, order):
    old = some(9)
    numbers = count()

    def others_write(page):
        """Before and behind where the list is, one of them to go again; not for ever, or it had no end."""
        if page > 3:
            return
        for day in ("2020-01-01", "2024-02-01", "2030-01-01"):
            make.published(title=f"{WORD} 1 came {next(numbers)}", announced_on=day)
        Announcement.objects.filter(title__contains="came").order_by("pk").first().delete()

    address = f"{ROOT}announcements/?q={WORD}&order={order}&page_size=2"
    seen = ids(walk(client, address, others_write))

    assert sorted(slug for slug in seen if "came" not in slug) == sorted(a.slug for a in old)
    assert len(seen) == len(set(seen))


@in_every_order
def test_a_list_goes_on_where_the_last_row_was_although_it_is_gone(client, order):
    some(6)
    address = f"{ROOT}announcements/?q={WORD}&order={order}&page_size=2"
    whole = ids(walk(client, address))
    first = get(client, address)
    Announcement.objects.get(slug=first["results"][-1]["id"]).delete()

    rest = ids(walk(client, first["next"].removeprefix("http://testserver")))
    assert rest == whole[2:]


@pytest.mark.parametrize("name", ["companies", "promises", "sources"])
def test_other_lists_go_on_too(client, name):
    for announcement in some(4):
        make.promise(announcement)
    address = f"{ROOT}{name}/?page_size=2"
    whole = ids(walk(client, address))

    def others_write(number):
        if number == 1:
            make.promise(make.published(company=make.company("AAA first of all")))

    seen = ids(walk(client, address, others_write))
    assert [key for key in seen if key in whole] == whole
    assert len(seen) == len(set(seen))


def test_a_page_by_its_number_goes_on_by_cursor(client):
    some(5)
    whole = ids(walk(client, f"{ROOT}announcements/"))
    second = get(client, "announcements/?page=2&page_size=2")

    assert ids(second["results"]) == whole[2:4]
    assert "page=2" not in second["next"]
    assert ids(get(client, second["next"])["results"]) == whole[4:]
    assert "Allowed: 1 to 3" in get(client, "announcements/?page=4&page_size=2", 400)["detail"]


def test_the_next_page_is_in_the_header_too(client):
    some(2)
    answer = client.get(f"{ROOT}announcements/?page_size=1")

    assert answer["Link"] == f'<{answer.json()["next"]}>; rel="next"'
    assert "Link" not in client.get(f"{ROOT}announcements/")


# What changed since


def changes(client, since, query=""):
    """What changed and what is gone, over pages of one."""
    address, items, gone = (
        f"{ROOT}announcements/?changed_since={since}&page_size=1&{query}",
        [],
        [],
    )
    while address:
        body = get(client, address)
        items += ids(body["results"])
        gone += [(row["id"], row["reason"]) for row in body["deleted"]]
        address = body["next"]
    return items, gone


def version(client):
    return get(client, "announcements/")["version"]


def test_nothing_changed_since_the_version_of_now(client):
    some(2)

    assert changes(client, version(client)) == ([], [])
    assert changes(
        client, timezone.now().strftime("%Y-%m-%dT%H:%M:%SZ").replace("20", "21", 1)
    ) == (
        [],
        [],
    )


def test_what_changed_comes_in_the_order_of_its_changes(client):
    first, second, third = some(3)
    since = version(client)
    third.save()
    make.promise(first)

    assert changes(client, since) == ([third.slug, first.slug], [])
    assert get(client, f"announcements/?changed_since={since}")["count"] == 2
    assert second.slug not in str(changes(client, since))


def test_what_was_deleted_taken_back_or_renamed_is_told(client):
    kept, deleted, taken_back, renamed = some(4)
    old = renamed.slug
    since = version(client)
    deleted_slug = deleted.slug
    deleted.delete()
    taken_back.unpublish()
    renamed.slug = "another"
    renamed.save()

    items, gone = changes(client, since)
    assert items == ["another"]
    assert sorted(gone) == sorted(
        [(deleted_slug, "deleted"), (taken_back.slug, "unpublished"), (old, "renamed")]
    )
    assert kept.slug not in items


def test_what_was_never_seen_is_never_told(client):
    make.published()
    since = version(client)
    begun = make.draft(slug="begun", title="Begun")
    begun.save()
    gone = make.draft(slug="gone")
    gone.delete()
    back = make.published(slug="seen")
    back.unpublish()
    back.slug, back.title = "secret-name", "Secret"
    back.save()

    assert changes(client, since) == ([], [("seen", "unpublished")])
    body = get(client, f"announcements/?changed_since={since}")
    assert (body["count"], "begun" in str(body), "gone" in str(body)) == (1, False, False)


def test_a_filtered_copy_hears_of_what_is_not_selected_any_more(client):
    acme, bolt = make.company("Acme"), make.company("Bolt")
    first, second = some(2, company=acme)
    since = version(client)
    first.company = bolt
    first.save()
    second.save()

    assert changes(client, since, "company=acme") == ([second.slug], [(first.slug, "not-selected")])


def test_a_copy_that_follows_the_changes_is_the_list(client):
    some(4)
    body = get(client, "announcements/")
    copy, since = {item["id"] for item in body["results"]}, body["version"]
    for step in (
        lambda: Announcement.objects.order_by("pk").first().delete(),
        lambda: make.published(),
        lambda: Announcement.objects.order_by("pk").last().unpublish(),
        lambda: make.published(slug="late"),
    ):
        step()
        address = f"{ROOT}announcements/?changed_since={since}&page_size=1"
        told = get(client, address)["version"]
        while address:
            body = get(client, address)
            copy -= {row["id"] for row in body["deleted"]}
            copy |= {item["id"] for item in body["results"]}
            assert body["version"] == told
            address = body["next"]
        since = told

    assert copy == set(ids(walk(client, f"{ROOT}announcements/")))


def test_what_is_written_while_one_walks_is_told_the_next_time(client):
    first, second = some(2)
    body = get(client, f"announcements/?changed_since={BEGINNING}&page_size=1")
    second.save()

    assert get(client, body["next"])["results"] == []
    assert changes(client, body["version"]) == ([second.slug], [])
    assert ids(body["results"]) == [first.slug]


def test_since_a_time_tells_what_was_written_from_then_on(client):
    first, second = some(2)
    DataVersion.objects.update(written_at="2026-01-01T00:00:00Z")
    second.save()
    DataVersion.objects.filter(number=DataVersion.objects.last().number).update(
        written_at="2026-03-01T12:00:00Z"
    )

    assert changes(client, "2026-03-01T12:00:00Z") == ([second.slug], [])
    assert changes(client, "2026-03-01T13:00:00%2B01:00") == ([second.slug], [])
    assert changes(client, "2026-03-01T13:00:00+01:00") == ([second.slug], [])
    assert sorted(changes(client, BEGINNING)[0]) == sorted([first.slug, second.slug])


def test_a_version_that_never_was_asks_to_start_over(client):
    make.published()
    number = version(client).partition("-")[0]
    problem = get(client, f"announcements/?changed_since={number}-{'0' * 32}", 410)

    assert "once more from its beginning" in problem["detail"]
    get(client, f"announcements/?changed_since={10**17}-{'0' * 32}", 410)
