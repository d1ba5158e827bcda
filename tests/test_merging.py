"""Two editors of one record: what stands, what was taken from the other, what must be asked."""

import pytest

from announcements.merging import Conflict, choose, merge


def row(**fields):
    return {name: [text] if text else [] for name, text in fields.items()}


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "stands", "taken", "asked"),
    [
        ("a", "a", "a", "a", False, False),
        ("a", "b", "a", "b", False, False),
        ("a", "a", "b", "b", True, False),
        ("a", "b", "b", "b", False, False),
        ("a", "b", "c", "b", False, True),
        ("a", "", "c", "", False, True),
        ("a", "b", "", "b", False, True),
        ("", "b", "", "b", False, False),
    ],
)
def test_a_field_is_asked_about_when_both_changed_it(base, mine, theirs, stands, taken, asked):
    merged = merge({"": row(title=base)}, {"": row(title=mine)}, {"": row(title=theirs)})
    assert merged.rows == {"": row(title=stands)}
    assert merged.taken == ([("", "title")] if taken else [])
    assert [one.where for one in merged.conflicts] == ([("", "title")] if asked else [])


A, B, C = row(text="a"), row(text="b"), row(text="c")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "stands", "taken", "asked"),
    [
        (A, A, A, A, False, None),
        (None, None, A, A, True, None),
        (A, A, None, None, True, None),
        (A, B, None, None, False, (B, None)),
        (A, None, A, None, False, None),
        (A, None, B, B, False, (None, B)),
        (A, None, None, None, False, None),
        (None, B, C, B, False, ("text", ["b"], ["c"])),
    ],
    ids=str,
)
def test_a_row_is_asked_about_when_one_removed_what_the_other_changed(
    base, mine, theirs, stands, taken, asked
):
    states = [{"x/1": state} if state is not None else {} for state in (base, mine, theirs)]
    merged = merge(*states)
    assert merged.rows.get("x/1") == stands
    assert merged.taken == ([("x/1", "")] if taken else [])
    known = [Conflict("x/1", *("", *asked)[-3:])] if asked else []
    assert merged.conflicts == known


@pytest.mark.parametrize("moved", ["mine", "theirs"])
def test_a_row_that_only_moved_is_removed_without_asking(moved):
    before, after = row(text="a", place="1"), row(text="a", place="2")
    mine, theirs = ({"x/1": after}, {}) if moved == "mine" else ({}, {"x/1": after})
    assert merge({"x/1": before}, mine, theirs).conflicts == []


def test_without_knowing_where_one_started_every_difference_is_asked():
    merged = merge({}, {"": row(title="a", note="n")}, {"": row(title="b", note="n")})
    assert merged.conflicts == [Conflict("", "title", ["a"], ["b"])]


@pytest.mark.parametrize(
    ("choice", "stands", "undecided"),
    [
        ("mine", "m", []),
        ("theirs", "t", []),
        ("", "m", [("", "title")]),
        ("x", "m", [("", "title")]),
    ],
)
def test_a_choice_decides_and_none_leaves_the_question(choice, stands, undecided):
    base, mine = {"": row(title="t")}, {"": row(title="m")}
    left = choose(base, mine, [("", "title")], {("", "title"): choice})
    merged = merge(base, mine, base, left)
    assert merged.rows == {"": row(title=stands)}
    assert [one.where for one in merged.conflicts] == left == undecided


def test_typing_what_the_other_has_needs_no_choice():
    base = {"": row(title="t")}
    mine = {"": row(title="t")}
    assert merge(base, mine, base, choose(base, mine, [("", "title")], {})).conflicts == []


def test_a_third_editor_is_asked_about_again():
    base, mine, third = ({"": row(title=text)} for text in ("theirs", "mine", "third"))
    choose(base, mine, [("", "title")], {("", "title"): "mine"})
    assert merge(base, mine, third).conflicts == [Conflict("", "title", ["mine"], ["third"])]
