"""The light tokens of ``site.css``, for what is drawn outside of a page."""

TOKENS = {
    "paper": "#fbfaf7",
    "ink": "#1b1a17",
    "muted": "#5d5950",
    "rule": "#e2ddd2",
    "edge": "#7d786c",
    "accent": "#2350b8",
    "announced": "#475569",
    "delayed": "#964806",
    "partly-delivered": "#0b667e",
    "delivered": "#136f36",
    "lapsed": "#8a3560",
    "withdrawn": "#b0241b",
    "superseded": "#6544ab",
    "unverifiable": "#5d5950",
    "overdue": "#b0241b",
    "late": "#964806",
}
