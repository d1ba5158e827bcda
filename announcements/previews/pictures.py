"""The picture of an announcement, and that of every other page, as PNG in the light tokens of ``site.css``."""

from functools import cache
from io import BytesIO

from PIL import Image, ImageDraw

from announcements import openness, site, statuses
from announcements.colors import TOKENS
from announcements.previews.facts import Preview, status_in_words
from announcements.previews.letters import Font, fitted, font, shortened, writable
from announcements.previews.marks import paste_mark, paste_square
from announcements.vocabularies import terms

WIDTH, HEIGHT = 1200, 630
EDGE = 72
INNER = WIDTH - 2 * EDGE

TITLE_TOP = 122
TITLE_TRIALS = ((68, 2), (60, 2), (60, 3), (54, 3), (48, 3), (44, 3))
STATUS_LINE, LAST_LINE = 424, 492


class Sheet:
    """A blank picture with the frame that all of them share."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (WIDTH, HEIGHT), TOKENS["paper"])
        self.pen = ImageDraw.Draw(self.image)
        self.pen.rectangle((0, 0, WIDTH, 11), fill=TOKENS["accent"])
        self.pen.line((EDGE, 550, WIDTH - EDGE, 550), fill=TOKENS["rule"], width=2)
        self._brand(EDGE, 572)

    def write(self, x: int, y: int, text: str, typeface: Font, color: str, bold: int = 0) -> int:
        """A line of text whose letters stand on ``y``; returns where it ends."""
        self.pen.text(
            (x, y), text, font=typeface, fill=TOKENS[color], anchor="ls", stroke_width=bold
        )
        return x + round(typeface.getlength(text)) + bold

    def png(self) -> bytes:
        out = BytesIO()
        self.image.save(out, "PNG", optimize=True)
        return out.getvalue()

    def _brand(self, x: int, y: int) -> None:
        for column, row, state in (
            (0, 0, openness.OPEN),
            (1, 0, openness.OPEN),
            (0, 1, openness.PARTIAL),
            (1, 1, openness.NONE),
        ):
            paste_square(self.image, state, x + 16 * column, y + 16 * row, 13, TOKENS["accent"])
        self.write(x + 44, y + 24, site.NAME, font(26), "ink")


def picture(preview: Preview) -> bytes:
    """The PNG of an announcement's facts."""
    sheet = Sheet()
    announced = preview.announced
    room = INNER - round(font(30).getlength(f" · {announced}"))
    companies = shortened(writable(preview.companies), font(30), room)
    x = sheet.write(EDGE, 96, companies, font(30), "ink")
    sheet.write(x, 96, f" · {announced}" if companies else announced, font(30), "muted")
    _title(sheet, preview.title)
    _statuses(sheet, preview)
    _openness(sheet, preview)
    return sheet.png()


def _title(sheet: Sheet, title: str, top: int = TITLE_TOP) -> None:
    typeface, lines = fitted(writable(title), INNER, TITLE_TRIALS)
    step = round(typeface.size * 1.18)
    for number, line in enumerate(lines):
        sheet.write(EDGE, top + round(typeface.size) + number * step, line, typeface, "ink", 1)


def _statuses(sheet: Sheet, preview: Preview) -> None:
    """What became of the promises, by mark and word; of those that do not fit, how many there are."""
    if not preview.statuses:
        sheet.write(EDGE, STATUS_LINE, "No promise recorded", font(30), "muted")
    x = EDGE
    if preview.clock:
        x = _marked(sheet, x, *preview.clock)
    left = sum(row.count for row in preview.statuses)
    for row in preview.statuses:
        words = status_in_words(row, preview.statuses)
        rest = f"and {left} more"
        last = left == row.count
        width = _width(words) + (0 if last else _width(rest))
        if x + width > WIDTH - EDGE:
            sheet.write(x, STATUS_LINE, rest, font(30), "muted")
            return
        x = _marked(sheet, x, row.status, words)
        left -= row.count


def _width(words: str) -> int:
    """How much of a line a mark and its words take."""
    return 42 + round(font(30).getlength(words))


def _marked(sheet: Sheet, x: int, slug: str, words: str) -> int:
    """A mark with its words; returns where the next one begins."""
    paste_mark(sheet.image, slug, x, STATUS_LINE - 26, 30, TOKENS[slug])
    return sheet.write(x + 42, STATUS_LINE, words, font(30), slug) + 40


def _openness(sheet: Sheet, preview: Preview) -> None:
    """How open the release is, part by part, and how many concerns were raised."""
    concerns = preview.concerns_in_words
    x = EDGE
    for state in preview.squares:
        color = "ink" if state in (openness.OPEN, openness.PARTIAL) else "edge"
        paste_square(sheet.image, state, x, LAST_LINE - 23, 24, TOKENS[color])
        x += 31
    x += 12 if preview.squares else 0
    level = preview.openness or "No release recorded"
    room = WIDTH - EDGE - x - round(font(26).getlength(f" · {concerns}"))
    x = sheet.write(x, LAST_LINE, shortened(level, font(26), room), font(26), "muted")
    sheet.write(x, LAST_LINE, f" · {concerns}", font(26), "muted")


@cache
def picture_of_the_site() -> bytes:
    """The PNG for pages that are not about one announcement: what the site is for, and its marks."""
    sheet = Sheet()
    _title(sheet, "They said they would open it. Did they?", top=86)
    typeface, lines = fitted(site.PURPOSE, INNER, ((30, 2), (26, 3)))
    for number, line in enumerate(lines):
        sheet.write(EDGE, 330 + 42 * number, line, typeface, "muted")
    x = EDGE
    for slug in statuses.ALL[:5]:
        paste_mark(sheet.image, slug, x, 454, 26, TOKENS[slug])
        x = sheet.write(x + 36, 476, terms("delivery_statuses")[slug]["name"], font(24), slug) + 30
    return sheet.png()
