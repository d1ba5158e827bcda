"""What a form started from, carried by the form itself."""

from dataclasses import asdict, dataclass, field
from typing import Self

from django.core import signing
from django.utils import timezone

from announcements.merging import Rows, Where

STARTED_FROM = "started_from"
"""The hidden field that carries it."""


@dataclass
class Start:
    """What an editor's form showed when it was opened, and what they were asked since."""

    record: str
    at: str = field(default_factory=lambda: timezone.now().isoformat())
    rows: Rows = field(default_factory=dict)
    asked: list[Where] = field(default_factory=list)
    removed: Rows = field(default_factory=dict)
    """Rows as the editor typed them that somebody else removed: asked about, and in no form."""

    @classmethod
    def read(cls, text: str, record: str) -> Self | None:
        """None if this is not what the site wrote for this record."""
        try:
            start = cls(**signing.loads(text, salt=STARTED_FROM))
        except (signing.BadSignature, TypeError):
            return None
        start.asked = [(key, name) for key, name in start.asked]
        return start if start.record == record else None

    def written(self) -> str:
        """Signed, so that nobody changes it; compressed, because it holds the whole form."""
        return signing.dumps(asdict(self), salt=STARTED_FROM, compress=True)
