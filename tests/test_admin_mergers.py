"""Merging in the admin: from a record or from the list, seen before it is done, and undone."""

import pytest
from django.contrib.auth.models import Permission, User

from announcements.models import Company, Initiative, Merger, Source
from tests import make
from tests.editing import Page, log_in, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def merging(client):
    """Somebody who may merge, at a browser."""
    client.force_login(User.objects.create_superuser("root"))
    return client


@pytest.fixture
def pair():
    meta, facebook = make.company("Meta", slug="meta"), make.company("Facebook", slug="facebook")
    make.published(company=facebook, title="A thing")
    return facebook, meta


def merge_page(absorbed, kept=None):
    return page_of(absorbed, "merge") + (f"?into={kept.pk}" if kept else "")


def press(client, absorbed, kept, **choices):
    """Open the page with both and press the button; what came back."""
    page = Page(client, merge_page(absorbed, kept))
    page.values.update({f"choice-{name}": [value] for name, value in choices.items()})
    return client.post(page.address, page.values, follow=True)


def test_a_record_leads_to_the_page_that_asks_which_is_the_same(merging, pair):
    facebook, _ = pair
    assert merge_page(facebook) in merging.get(page_of(facebook)).content.decode()
    found = merging.get(merge_page(facebook), {"q": "meta"}).content.decode()
    assert f"{merge_page(*pair)}" in found


def test_what_looks_alike_is_offered_before_anybody_searched(merging):
    one, two = make.company("Meta AI"), make.company("Meta Platforms")
    assert merge_page(two, one) in merging.get(merge_page(two)).content.decode()
    near = make.source("https://example.org/a/page"), make.source("https://example.org/a/page/2")
    assert merge_page(*near) in merging.get(merge_page(near[0])).content.decode()


def test_the_page_shows_both_beside_each_other_and_what_moves(merging, pair):
    answer = merging.get(merge_page(*pair)).content.decode()
    for words in ("Stays: Meta", "Goes: Facebook", "Facebook, Inc.", "Meta, Inc.", "A thing"):
        assert words in answer
    assert merge_page(*reversed(pair)) in answer


def test_looking_changes_nothing(merging, pair):
    merging.get(merge_page(*pair))
    assert Company.objects.filter(pk__in=[row.pk for row in pair]).count() == 2


def test_what_was_chosen_is_done(merging, pair):
    _, meta = pair
    response = press(merging, *pair, legal_name="theirs")
    assert "Merged “Facebook” into “Meta”. It can be undone here." in response.content.decode()
    meta.refresh_from_db()
    assert (meta.legal_name, meta.announcements.get().title) == ("Facebook, Inc.", "A thing")
    assert merging.get("/companies/facebook/?a=b")["Location"] == "/companies/meta/?a=b"
    assert Merger.objects.get().merged_by.username == "root"


def test_it_is_undone_with_one_button(merging, pair):
    press(merging, *pair)
    page = Page(merging, page_of(Merger.objects.get()))
    assert "Undo this merge" in page.html
    response = merging.post(page_of(Merger.objects.get(), "undo"), follow=True)
    assert "“Facebook” is a record of its own again" in response.content.decode()
    assert merging.get("/companies/facebook/").status_code == 200
    again = merging.post(page_of(Merger.objects.get(), "undo"), follow=True)
    assert "This merge was undone already." in again.content.decode()


def test_what_stands_in_the_way_is_on_the_page_instead_of_the_button(merging, pair):
    press(merging, *pair)
    pair[1].announcements.get().delete()
    answer = merging.get(page_of(Merger.objects.get())).content.decode()
    assert "One row of kind announcement moved to “Meta” and deleted since." in answer
    assert "Undo this merge" not in answer
    refused = merging.post(page_of(Merger.objects.get(), "undo"), follow=True)
    assert "Nothing was undone." in refused.content.decode()


def test_who_has_not_seen_what_stands_now_is_shown_it_first(merging, pair):
    facebook, meta = pair
    page = Page(merging, merge_page(*pair))
    page.values["choice-legal_name"] = ["theirs"]
    Company.objects.filter(pk=meta.pk).update(description="Written meanwhile.")
    response = merging.post(page.address, page.values)
    answer = response.content.decode()
    assert "Nothing is merged yet" in answer
    assert "Written meanwhile." in answer
    page.read(response)
    assert page.values["choice-legal_name"] == ["theirs"]
    merging.post(page.address, page.values)
    assert not Company.objects.filter(pk=facebook.pk).exists()


def test_values_that_cannot_go_together_are_refused_in_a_sentence(merging, pair):
    company = make.company()
    third = make.initiative("Torch", company=company)
    one = make.initiative("Torch", company=make.company())
    two = make.initiative("Pytorch", company=company)
    response = press(merging, one, two, name="theirs")
    assert "Nothing was merged." in response.content.decode()
    assert Initiative.objects.filter(pk__in=[third.pk, one.pk, two.pk]).count() == 3


def act(client, *rows):
    data = {"action": "merge_selected", "_selected_action": [row.pk for row in rows]}
    return client.post(f"/admin/announcements/{rows[0]._meta.model_name}/", data)


def test_two_of_a_list_are_compared_and_the_one_with_more_stays(merging, pair):
    facebook, meta = pair
    assert act(merging, *pair)["Location"] == merge_page(meta, facebook)


@pytest.mark.parametrize("number", [1, 3])
def test_other_than_two_of_a_list_are_not_merged(merging, number):
    rows = [make.company() for _ in range(number)]
    response = act(merging, *rows)
    assert response["Location"] == "/admin/announcements/company/"
    assert "Select exactly two" in merging.get(response["Location"]).content.decode()


@pytest.mark.parametrize("maker", [make.company, make.initiative, make.source])
def test_every_kind_can_be_merged(merging, maker):
    one, two = maker(), maker()
    press(merging, one, two)
    assert Merger.objects.get().kind == one._meta.model_name
    assert two.pk == Merger.objects.get().kept_key


def test_an_editor_may_not_merge_and_is_not_asked_to(client, pair):
    log_in(client)
    facebook, _ = pair
    assert "Merge into another" not in client.get(page_of(facebook)).content.decode()
    for address in (merge_page(facebook), merge_page(*pair)):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    assert "merge_selected" not in client.get("/admin/announcements/company/").content.decode()


def test_an_editor_reads_of_merges_and_undoes_none(client, merging, pair):
    press(merging, *pair)
    merger = Merger.objects.get()
    log_in(client)
    assert "Facebook" in client.get("/admin/announcements/merger/").content.decode()
    answer = client.get(page_of(merger)).content.decode()
    assert "Undo this merge" not in answer
    assert client.post(page_of(merger, "undo")).status_code == 403
    for page in ("delete", "undo"):
        assert client.get(page_of(merger, page)).status_code in (403, 405)


def test_the_permission_alone_lets_merge(client, pair):
    user = log_in(client, "administrator")
    user.user_permissions.add(Permission.objects.get(codename="merge_company"))
    press(client, *pair)
    assert Merger.objects.get().merged_by == user


@pytest.mark.parametrize("into", ["", "x", "999999", "9" * 40, "\x00"])
def test_nonsense_is_asked_again(merging, pair, into):
    response = merging.get(page_of(pair[0], "merge"), {"into": into})
    assert response.status_code == 200
    assert "Which company is the same?" in response.content.decode()
    assert merging.post(f"{page_of(pair[0], 'merge')}?into={into}").status_code == 200


def test_a_record_that_is_gone_leads_back_to_the_front_page(merging):
    assert merging.get("/admin/announcements/company/999/merge/").status_code == 302
    assert merging.post("/admin/announcements/merger/999/undo/").status_code == 302


def test_a_source_is_found_by_its_address(merging):
    one, two = make.source("https://example.org/a"), make.source("https://example.com/b")
    found = merging.get(merge_page(one), {"q": "http://www.example.com/b/"}).content.decode()
    assert merge_page(one, two) in found
    assert Source.objects.count() == 2
