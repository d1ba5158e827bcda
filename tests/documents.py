"""A page as its reader's browser takes it in: headings, links, fields and what must not be there."""

from dataclasses import dataclass
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta"}
HEADINGS = {f"h{level}" for level in range(1, 7)}


@dataclass
class Element:
    """A tag with its attributes; its text is what stands between its begin and its end."""

    tag: str
    attributes: dict[str, str]
    pieces: list[str]
    begin: int
    end: int = 0

    @property
    def text(self) -> str:
        return "".join(self.pieces[self.begin : self.end])

    @property
    def words(self) -> str:
        """The text in single spaces, as read aloud: what stands in two elements is two words."""
        return " ".join(" ".join(self.pieces[self.begin : self.end]).split()).replace(" ,", ",")


class Document(HTMLParser):
    """Every element of a page in its order."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.pieces: list[str] = []
        self._open: list[Element] = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, self.pieces, len(self.pieces))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        while self._open:
            element = self._open.pop()
            element.end = len(self.pieces)
            if element.tag == tag:
                break

    def handle_data(self, data):
        self.pieces.append(data)

    def all(self, *tags: str) -> list[Element]:
        return [element for element in self.elements if element.tag in tags]

    def holding(self, name: str, value: str) -> list[Element]:
        """Every element whose attribute has this value; of several in it, as of classes, one is enough."""
        return [e for e in self.elements if value in e.attributes.get(name, "").split()]

    def words(self, tag: str) -> str:
        """The words of the first such element."""
        return self.all(tag)[0].words

    @property
    def links(self) -> list[tuple[str, str]]:
        """Address and text of every link; of a bar, the number that it stands for."""
        return [
            (
                a.attributes.get("href", ""),
                a.attributes.get("data-lists") or " ".join(a.text.split()),
            )
            for a in self.all("a")
        ]

    def rows(self, begin: str) -> list[str]:
        """The rows of tables that begin with these words, as read aloud."""
        return [row.words for row in self.all("tr") if row.words.startswith(begin)]

    @property
    def slugs(self) -> list[str]:
        """The announcements that a list shows."""
        found = (element.attributes.get("data-slug") for element in self.elements)
        return [slug for slug in found if slug]

    @property
    def heading_levels(self) -> list[int]:
        return [int(element.tag[1]) for element in self.elements if element.tag in HEADINGS]

    @property
    def ids(self) -> list[str]:
        return [e.attributes["id"] for e in self.elements if "id" in e.attributes]


def read(client, address: str, status: int = 200) -> Document:
    """The page at an address, which must answer with this status."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return Document(response.text)
