"""The list changes in place: what was asked, what is shown and what is said stay one."""

import re

from playwright.sync_api import expect

META = re.compile(r"\?company=meta$")


def test_a_click_changes_list_counts_chips_address_title_and_what_is_announced(reader):
    reader.open()
    promised = reader.count("company", "meta")
    reader.choose("company", "meta")
    reader.wait_for("?company=meta")

    assert reader.total == reader.shown == reader.count("company", "meta") == promised
    assert reader.announced == f"{promised} announcements"
    assert reader.chips == ["Remove filter Company: Meta"]
    assert reader.page.title() == "Announcements: Meta · Open-Source AI Tracker"
    assert reader.focus == "id_company-meta"
    assert reader.is_where_it_was_opened


def test_filters_add_up_and_a_second_click_takes_one_back(reader):
    reader.open()
    reader.choose("company", "meta")
    reader.wait_for("?company=meta")
    promised = reader.count("status", "delivered")
    reader.choose("status", "delivered")
    reader.wait_for("?status=delivered&company=meta")
    assert reader.total == promised

    reader.choose("company", "meta")
    reader.wait_for("?status=delivered")
    assert reader.chips == ["Remove filter Promise: Delivered"]
    assert reader.focus == "id_company-meta"


def test_clicks_faster_than_answers_are_all_counted(reader):
    reader.open()
    reader.page.evaluate(
        "for (const id of ['id_company-meta', 'id_company-google', 'id_overdue-no'])"
        " document.getElementById(id).click()"
    )
    reader.wait_for("?overdue=no&company=meta&company=google")

    assert len(reader.chips) == 3
    assert reader.total == reader.shown


def test_a_chip_takes_its_filter_away_and_the_results_get_the_focus(reader):
    reader.open("?company=meta&status=delivered")
    reader.page.get_by_role("link", name="Remove filter Promise: Delivered").click()
    reader.wait_for("?company=meta")

    assert reader.chips == ["Remove filter Company: Meta"]
    assert reader.focus == "results"
    expect(reader.page.locator("#id_status-delivered")).not_to_be_checked()
    assert reader.is_where_it_was_opened


def test_words_search_while_they_are_typed_and_the_cursor_stays_in_the_field(reader):
    reader.open()
    everything = reader.total
    field = reader.page.locator("#id_q")
    field.press_sequentially("weights", delay=20)
    reader.wait_for("?q=weights")

    assert 0 < reader.total < everything
    assert reader.focus == "id_q"
    field.press_sequentially(" zebra", delay=20)
    reader.wait_for("?q=weights+zebra")
    expect(field).to_have_value("weights zebra")
    assert reader.announced == "0 announcements"


def test_what_is_typed_while_an_answer_is_on_its_way_is_not_lost(reader, complaints):
    complaints.expect("htmx:sendAbort")
    complaints.expect("htmx:afterRequest")
    reader.open()
    reader.page.route(re.compile(r"q=open$"), lambda _: None)
    field = reader.page.locator("#id_q")
    with reader.page.expect_request(re.compile(r"q=open$")):
        field.press_sequentially("open")
    field.press_sequentially(" weights")
    reader.wait_for("?q=open+weights")

    expect(field).to_have_value("open weights")


def test_a_date_half_typed_outlives_the_answer_to_something_else(reader):
    reader.open()
    held = []
    reader.page.route(META, lambda route: held.append(route))
    with reader.page.expect_request(META):
        reader.choose("company", "meta")
    reader.page.locator("#id_after").press_sequentially("20")
    held.pop().continue_()
    reader.wait_for("?company=meta")

    expect(reader.page.locator("#id_after")).to_have_value("20")
    assert reader.focus == "id_after"


def test_dates_are_asked_when_the_field_is_left(reader):
    reader.open()
    reader.page.locator("#id_after").fill("2025-01")
    reader.page.keyboard.press("Tab")
    reader.wait_for("?after=2025-01")

    assert reader.total == reader.shown
    assert reader.focus == "id_before"


def test_the_order_changes_and_its_link_keeps_the_focus(reader):
    reader.open("?company=meta")
    newest = reader.slugs
    reader.page.get_by_role("link", name="Oldest first").click()
    reader.wait_for("?company=meta&order=oldest")

    assert reader.slugs[0] == newest[-1] or reader.total > len(newest)
    assert reader.focus == "order-oldest"
    assert reader.is_where_it_was_opened
    reader.choose("overdue", "no")
    reader.wait_for("?overdue=no&company=meta&order=oldest")


def test_the_next_page_begins_at_its_top(reader):
    reader.open()
    first = reader.slugs
    reader.page.get_by_role("link", name="Next", exact=True).click()
    reader.wait_for("?page=2")

    assert not set(first) & set(reader.slugs)
    assert reader.focus == "results"
    assert abs(reader.page.locator("#results").bounding_box()["y"]) < 40


def test_back_and_forward_bring_list_counts_chips_form_and_title_along(reader):
    reader.open()
    before = (reader.total, reader.slugs, reader.page.title())
    reader.choose("company", "meta")
    reader.wait_for("?company=meta")
    after = (reader.total, reader.slugs, reader.page.title())

    reader.page.go_back()
    expect(reader.page.locator("#id_company-meta")).not_to_be_checked()
    assert (reader.total, reader.slugs, reader.page.title()) == before
    assert reader.chips == []
    assert reader.announced == f"{reader.total} announcements"

    reader.page.go_forward()
    expect(reader.page.locator("#id_company-meta")).to_be_checked()
    assert (reader.total, reader.slugs, reader.page.title()) == after
    assert reader.chips == ["Remove filter Company: Meta"]
    assert reader.is_where_it_was_opened


def test_back_from_another_page_is_the_list_as_it_was(reader):
    reader.open()
    reader.choose("company", "meta")
    reader.wait_for("?company=meta")
    reader.page.locator(".entry-title a").first.click()
    reader.page.wait_for_url("**/announcements/*/")
    reader.page.go_back()

    expect(reader.page.locator("header.site-header")).to_be_visible()
    expect(reader.page.locator("#id_company-meta")).to_be_checked()
    assert reader.query == "?company=meta"
    assert reader.total == reader.count("company", "meta")


def test_what_is_not_understood_is_said_in_place_and_can_be_mended(reader, complaints):
    complaints.expect("status of 400")
    reader.open("?company=meta")
    field = reader.page.locator("#id_after")
    field.fill("20255")
    field.press("Enter")
    expect(reader.page.get_by_role("alert")).to_contain_text("Write a year, a month or a day")
    assert reader.total == 0
    assert reader.focus == "id_after"

    field.fill("2025")
    field.press("Enter")
    reader.wait_for("?company=meta&after=2025")
    assert reader.total == reader.shown > 0
    assert reader.is_where_it_was_opened


def test_groups_stay_as_the_reader_left_them(reader):
    reader.open()
    reader.page.locator("#group-kind > summary").click()
    reader.page.locator("#group-status > summary").click()
    reader.choose("company", "meta")
    reader.wait_for("?company=meta")

    expect(reader.page.locator("#group-kind")).to_have_attribute("open", "")
    expect(reader.page.locator("#group-status")).not_to_have_attribute("open", "")


def test_the_rest_of_a_long_list_unfolds_and_a_choice_in_it_keeps_the_others(reader):
    reader.open("?company=meta")
    reader.page.locator("#more-company > summary").click()
    rest = reader.page.locator("#more-company input")
    value = rest.last.get_attribute("value")
    rest.last.click()
    reader.wait_for(f"?company={value}&company=meta")

    assert len(reader.chips) == 2
    assert reader.focus == f"id_company-{value}"
    expect(reader.page.locator(f"#id_company-{value}")).to_be_in_viewport()
    expect(reader.page.locator("#more-company")).to_have_attribute("open", "")


def test_a_group_that_is_emptied_keeps_the_focus(reader):
    reader.open("?kind=model-release")
    reader.choose("kind", "model-release")
    reader.wait_for("")

    assert reader.focus == "id_kind-model-release"


def test_an_answer_that_fails_is_shown_as_the_page_it_would_be(reader, complaints):
    complaints.expect("status of 500")
    complaints.expect("htmx:responseError")
    complaints.expect("Response Status Error Code 500")
    reader.open()
    reader.page.route(
        META,
        lambda route: (
            route.fulfill(status=500)
            if "hx-request" in route.request.headers
            else route.continue_()
        ),
    )
    reader.choose("company", "meta")
    reader.page.wait_for_url("**/announcements/?company=meta")

    expect(reader.page.locator("#id_company-meta")).to_be_checked()
