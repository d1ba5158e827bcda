"""Without JavaScript the form's button and plain links do the same."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "java_script_enabled": False}


def test_the_button_shows_what_is_chosen(reader):
    reader.open()
    promised = reader.count("company", "meta")
    reader.choose("company", "meta")
    reader.page.locator("#id_q").fill("open")
    reader.page.get_by_role("button", name="Show results").click()

    assert "company=meta" in reader.query
    assert 0 < reader.total == reader.shown <= promised
    assert len(reader.chips) == 2


def test_a_chip_takes_its_filter_away(reader):
    reader.open("?company=meta&status=delivered")
    reader.page.get_by_role("link", name="Remove filter Promise: Delivered").click()

    assert reader.query == "?company=meta"
    assert reader.total == reader.count("company", "meta")


def test_order_and_pages_are_links(reader):
    reader.open()
    reader.page.get_by_role("link", name="Oldest first").click()
    oldest = reader.slugs
    reader.page.get_by_role("link", name="Next", exact=True).click()

    assert reader.query == "?order=oldest&page=2"
    assert not set(oldest) & set(reader.slugs)


def test_the_rest_of_a_long_list_unfolds_and_a_choice_in_it_keeps_the_others(reader):
    reader.open("?company=meta")
    reader.page.locator("#more-company > summary").click()
    reader.page.locator("#more-company input").last.check()
    reader.page.get_by_role("button", name="Show results").click()

    assert len(reader.chips) == 2


def test_what_is_not_understood_is_said_beside_the_field(reader, complaints):
    complaints.expect("status of 400")
    reader.open()
    reader.page.locator("#id_after").fill("20255")
    reader.page.get_by_role("button", name="Show results").click()

    expect(reader.page.locator("#error-after")).to_contain_text("Write a year, a month or a day")
    expect(reader.page.locator("#id_after")).to_have_value("20255")


def test_back_is_the_list_and_the_form_of_that_address(reader):
    reader.open()
    everything = reader.total
    reader.choose("company", "meta")
    reader.page.get_by_role("button", name="Show results").click()
    # The click may return while the new page still takes the old one's place, from where nobody can go back.
    reader.page.wait_for_load_state("load")
    expect(reader.page.locator("#id_company-meta")).to_be_checked()
    assert reader.total < everything
    reader.page.go_back()

    assert reader.total == everything
    expect(reader.page.locator("#id_company-meta")).not_to_be_checked()
