"""The marks and squares of the site, drawn as pictures: the shapes of ``_marks.html`` on its grid of 16."""

from collections.abc import Callable

from PIL import Image, ImageDraw

from announcements import openness

SMOOTH = 8
"""How many times larger a mark is drawn than shown, so that its edges are smooth."""
GRID = 16
STROKE = 1.9

Color = str
Pen = ImageDraw.ImageDraw


class Board:
    """A square on which a mark is drawn in units of the grid; 255 is where ink comes, 0 where none does."""

    def __init__(self, size: int) -> None:
        self.unit = size * SMOOTH / GRID
        self.image = Image.new("L", (size * SMOOTH, size * SMOOTH), 0)
        self.pen: Pen = ImageDraw.Draw(self.image)

    def line(self, *points: tuple[float, float], ink: int = 255) -> None:
        """A line with round ends and corners."""
        half = STROKE / 2
        places = [(x * self.unit, y * self.unit) for x, y in points]
        self.pen.line(places, fill=ink, width=round(STROKE * self.unit), joint="curve")
        for x, y in points:
            self.disk(x, y, half, ink)

    def disk(self, x: float, y: float, radius: float, ink: int = 255) -> None:
        self.pen.ellipse(self._box(x, y, radius), fill=ink)

    def ring(self) -> None:
        self.disk(8, 8, 7.4)
        self.disk(8, 8, 7.4 - STROKE, ink=0)

    def arc(self, start: float, end: float) -> None:
        """A part of the ring, in degrees from three o'clock."""
        width = round(STROKE * self.unit)
        self.pen.arc(self._box(8, 8, 7.4), start, end, fill=255, width=width)

    def half(self) -> None:
        self.pen.pieslice(self._box(8, 8, 7.4), 90, 270, fill=255)

    def area(self, *points: tuple[float, float]) -> None:
        self.pen.polygon([(x * self.unit, y * self.unit) for x, y in points], fill=255)

    def _box(self, x: float, y: float, radius: float) -> tuple[float, float, float, float]:
        left, top = (x - radius) * self.unit, (y - radius) * self.unit
        return left, top, left + 2 * radius * self.unit, top + 2 * radius * self.unit


def _announced(board: Board) -> None:
    board.ring()


def _delayed(board: Board) -> None:
    board.ring()
    board.line((8, 4.8), (8, 8), (10.3, 9.8))


def _partly_delivered(board: Board) -> None:
    board.ring()
    board.half()


def _delivered(board: Board) -> None:
    board.disk(8, 8, 7.4)
    board.line((4.8, 8.3), (7, 10.5), (11.2, 5.8), ink=0)


def _lapsed(board: Board) -> None:
    board.ring()
    board.line((5, 8), (11, 8))


def _withdrawn(board: Board) -> None:
    board.ring()
    board.line((5.6, 5.6), (10.4, 10.4))
    board.line((10.4, 5.6), (5.6, 10.4))


def _superseded(board: Board) -> None:
    board.ring()
    board.line((4.8, 8), (10.8, 8))
    board.line((8.6, 5.6), (11, 8), (8.6, 10.4))


def _unverifiable(board: Board) -> None:
    for start in range(0, 360, 45):
        board.arc(start, start + 24)
    board.line((6.3, 6.2), (7.2, 5), (8.9, 5), (9.7, 6.2), (9.2, 7.6), (8, 8.6))
    board.disk(8, 11.2, STROKE / 2)


def _overdue(board: Board) -> None:
    board.area((8, 1.4), (15.4, 14.4), (0.6, 14.4))
    board.line((8, 6.4), (8, 9.6), ink=0)
    board.disk(8, 12.1, STROKE / 2, ink=0)


def _late(board: Board) -> None:
    board.disk(8, 8, 7.4)
    board.line((8, 4.8), (8, 8), (10.3, 9.8), ink=0)


MARKS: dict[str, Callable[[Board], None]] = {
    "announced": _announced,
    "delayed": _delayed,
    "partly-delivered": _partly_delivered,
    "delivered": _delivered,
    "lapsed": _lapsed,
    "withdrawn": _withdrawn,
    "superseded": _superseded,
    "unverifiable": _unverifiable,
    "overdue": _overdue,
    "late": _late,
}


def paste_mark(onto: Image.Image, name: str, x: int, y: int, size: int, color: Color) -> None:
    """Draw the mark of a status, of "overdue" or of "late" with its upper left corner at a place."""
    board = Board(size)
    MARKS[name](board)
    _paste(onto, board.image, x, y, size, color)


def paste_square(onto: Image.Image, state: str, x: int, y: int, size: int, color: Color) -> None:
    """Draw the square of a component: full, half, empty, or dashed where nobody looked."""
    whole = size * SMOOTH
    image = Image.new("L", (whole, whole), 0)
    pen = ImageDraw.Draw(image)
    edge = whole // 9
    if state == openness.OPEN:
        pen.rectangle((0, 0, whole - 1, whole - 1), fill=255)
    else:
        pen.rectangle((0, 0, whole - 1, whole - 1), outline=255, width=edge)
    if state == openness.PARTIAL:
        pen.polygon([(0, 0), (whole, 0), (0, whole)], fill=255)
    if state == openness.UNKNOWN:
        for start in (whole // 5, whole * 3 // 5):
            gap = (start, start + whole // 5)
            pen.rectangle((gap[0], 0, gap[1], whole), fill=0)
            pen.rectangle((0, gap[0], whole, gap[1]), fill=0)
    _paste(onto, image, x, y, size, color)


def _paste(onto: Image.Image, drawn: Image.Image, x: int, y: int, size: int, color: Color) -> None:
    mask = drawn.resize((size, size), Image.Resampling.LANCZOS)
    onto.paste(color, (x, y, x + size, y + size), mask)
