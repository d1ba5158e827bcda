"""The site in its own words: its name, what it is for, and the license of its data."""

NAME = "Open-Source AI Tracker"
PURPOSE = (
    "Who said they would open which AI model, library or data set, "
    "what came of it, and what people worried about."
)
DATA_LICENSE = "https://creativecommons.org/licenses/by/4.0/"
DATA_RIGHTS = f"CC-BY-4.0, {DATA_LICENSE}"
