"""What was typed, understood; and what was found, marked."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from announcements.search import mark, parse
from announcements.search.questions import Term
from announcements.search.words import raw_words, words_in


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Meta opens Llama", ["meta", "opens", "llama"]),
        ("Llama-3.1-70B", ["llama", "3", "1", "70b"]),
        ("Meta's, Meta’s; the models' don't", ["meta", "meta", "the", "models", "don", "t"]),
        ("Señor naïve Ångström", ["senor", "naive", "angstrom"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("ﬁne ＡＢＣ ½", ["fine", "abc", "1", "2"]),
        ("snake_case", ["snake", "case"]),
        ("開源モデルです AI", [*"開源モテルてす", "ai"]),
        ("открытый код", ["открытыи", "код"]),
        ("x" * 100, ["x" * 40]),
        ("🦙 \x00 \ud800 — …", []),
    ],
)
def test_a_text_is_made_of_words(text, words):
    assert raw_words(text) == words


@given(st.text())
def test_words_are_the_same_with_their_places_and_without(text):
    placed = list(words_in(text))

    assert [word.raw for word in placed] == raw_words(text)
    assert all(word.start < word.end for word in placed)


def phrase(*stems: str) -> Term:
    return Term(stems)


def begins(prefix: str, *stems: str) -> Term:
    return Term(stems, prefix)


@pytest.mark.parametrize(
    ("text", "wanted", "unwanted"),
    [
        ("", [], []),
        ("open models", [phrase("open"), phrase("model")], []),
        ("open opens opened", [phrase("open")], []),
        ('"open models" now', [phrase("open", "model"), phrase("now")], []),
        ("open-source", [phrase("open", "sourc")], []),
        ("rele*", [begins("rele")], []),
        ("Relé**", [begins("rele")], []),
        ("gpt-4*", [begins("4", "gpt")], []),
        ('"rele*"', [phrase("rele")], []),
        ("-meta", [], [phrase("meta")]),
        ('-"open models" -rele*', [], [phrase("open", "model"), begins("rele")]),
        ("−meta --llama", [], [phrase("meta"), phrase("llama")]),
        ("open -", [phrase("open")], []),
        ("gpt - 4", [phrase("gpt"), phrase("4")], []),
        ('open"the models"now', [phrase("open"), phrase("the", "model"), phrase("now")], []),
        ('open "the models', [phrase("open"), phrase("the"), phrase("model")], []),
        ('x-"the models"', [phrase("x"), phrase("the", "model")], []),
        ("„open models“ «the code»", [phrase("open", "model"), phrase("the", "code")], []),
        ('"" -"" * -* ! "*"', [], []),
        ("NOT a AND b", [phrase("not"), phrase("a"), phrase("and"), phrase("b")], []),
    ],
)
def test_what_was_typed_is_understood(text, wanted, unwanted):
    query = parse(text)

    assert (list(query.wanted), list(query.unwanted)) == (wanted, unwanted)
    assert query.is_empty == (not wanted and not unwanted)
    assert query.is_only_exclusion == (not wanted and bool(unwanted))


@pytest.mark.parametrize(
    ("query", "marked"),
    [
        ("release", "Meta [releases] Llama 3.1, its “open-source” model"),
        ("llama meta", "[Meta] releases [Llama] 3.1, its “open-source” model"),
        ('"open source"', "Meta releases Llama 3.1, its “[open-source]” model"),
        ("llama-3.1", "Meta releases [Llama 3.1], its “open-source” model"),
        ('"llama 3" "3 1"', "Meta releases [Llama 3.1], its “open-source” model"),
        ("mod* LL*", "Meta releases [Llama] 3.1, its “open-source” [model]"),
        ('"source open"', "Meta releases Llama 3.1, its “open-source” model"),
        ("llama -meta", "Meta releases [Llama] 3.1, its “open-source” model"),
        ("-llama", "Meta releases Llama 3.1, its “open-source” model"),
        ("!!!", "Meta releases Llama 3.1, its “open-source” model"),
    ],
)
def test_what_was_found_is_marked(query, marked):
    text = "Meta releases Llama 3.1, its “open-source” model"

    assert mark(text, query) == marked.replace("[", "<mark>").replace("]", "</mark>")


def test_a_mark_covers_the_letter_with_its_accent_and_the_whole_ligature():
    assert mark("re\u0301sume\u0301!", "resume") == "<mark>re\u0301sume\u0301</mark>!"
    assert mark("(ﬁne)", "fi*") == "(<mark>ﬁne</mark>)"


def test_what_is_marked_stays_text():
    text = "<b>Meta</b> & \"Llama\" <script>alert('meta')</script>"

    assert mark(text, "meta") == (
        "&lt;b&gt;<mark>Meta</mark>&lt;/b&gt; &amp; &quot;Llama&quot; "
        "&lt;script&gt;alert(&#x27;<mark>meta</mark>&#x27;)&lt;/script&gt;"
    )
    assert mark("<b>", "-x") == "&lt;b&gt;"
    assert mark("a < b", "b amp lt") == "a &lt; <mark>b</mark>"


@given(st.text(), st.text() | st.text("ab \"*-<&'é", max_size=12))
def test_marks_change_nothing_of_a_text(text, query):
    plain = re.sub("</?mark>", "", mark(text, query))

    assert html.unescape(plain) == html.unescape(html.escape(text))
    assert "<" not in plain
