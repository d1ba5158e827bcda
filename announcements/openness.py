"""How open a release really is: component states, the level, the indicative MOF class, the label gap.

All of it is computed from what could be obtained and under which class of license, never typed. The
rules are the vocabulary's (``component_states``, ``levels``, ``level_notes``); they follow the Open
Source AI Definition 1.0 and the Model Openness Framework.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from announcements.vocabularies import terms, vocabularies

UNKNOWN, NONE, PARTIAL, OPEN = "unknown", "none", "partial", "open"
NOT_ASSESSED = "not-assessed"
LABEL_RANK = 4
"""The rank from which a release is what "open source" says."""

AVAILABILITIES = (UNKNOWN, NONE, "limited", "published")
"""What an editor records of a component: published is complete and without asking, limited is not."""

OPEN_CLASSES = frozenset({"open-software", "open-content", "permissive-unlisted"})
OPEN_CODE_CLASSES = OPEN_CLASSES - {"permissive-unlisted"}

COMPONENTS: dict[str, tuple[str, ...]] = {
    release_type: tuple(
        slug for slug, term in terms("components").items() if release_type in term["applies_to"]
    )
    for release_type in ("model", "software", "dataset")
}

OPEN_WEIGHTS = ("weights", "inference_code")
OPEN_SOURCE = (*OPEN_WEIGHTS, "training_code", "data_documentation")
OPEN_SCIENCE = (
    *OPEN_SOURCE,
    "training_data",
    "evaluation_code",
    "evaluation_results",
    "technical_report",
    "model_card",
    "checkpoints",
)
MOF_III = (
    *OPEN_WEIGHTS,
    "technical_report",
    "evaluation_results",
    "model_card",
    "data_documentation",
)
MOF_II = (*MOF_III, "training_code", "evaluation_code")
MOF_I = (*MOF_II, "training_data", "checkpoints")

States = Mapping[str, str]


def component_state(component: str, availability: str, license_class: str) -> str:
    """What a component counts as: unknown, none, partial or open.

    ``availability`` is one of AVAILABILITIES; ``license_class`` is the class of the component's own
    license or of its release ("unclear" where none was found). Documents need only be public.
    """
    if availability in (UNKNOWN, NONE):
        return availability
    if availability == "limited":
        return PARTIAL
    kind = terms("components")[component]["type"]
    if kind == "document":
        return OPEN
    return (
        OPEN
        if license_class in (OPEN_CODE_CLASSES if kind == "code" else OPEN_CLASSES)
        else PARTIAL
    )


@dataclass(frozen=True)
class Assessment:
    """What the components of a release add up to."""

    level: str
    name: str
    rank: int | None
    unchecked: int
    """Components not checked yet that could still raise the level; the level is "at least" while any."""
    mof_class: str
    """"I", "II", "III" or "": indicative, because MOF asks for more than is recorded here."""
    best_rank: int | None
    """The rank if everything unchecked turned out to be open."""

    @property
    def words(self) -> str:
        if self.unchecked and self.rank is not None:
            parts = "1 part" if self.unchecked == 1 else f"{self.unchecked} parts"
            return f"At least {self.name[0].lower()}{self.name[1:]}, {parts} not checked"
        return self.name


def assess(release_type: str, states: States, code_class: str = "open-software") -> Assessment:
    """Level, rank and MOF class of a release from the states of its components.

    Components that are missing in ``states`` count as unknown. ``code_class`` is the class of the
    license of a software's source code: a content license can open code, but is not open source.
    """
    known = {component: states.get(component, UNKNOWN) for component in COMPONENTS[release_type]}
    hoped = {component: OPEN if state == UNKNOWN else state for component, state in known.items()}
    level = _level(release_type, known, code_class)
    hoped_class = "open-software" if known.get("source_code") == UNKNOWN else code_class
    best = _level(release_type, hoped, hoped_class)
    rank, best_rank = _rank(release_type, level), _rank(release_type, best)
    could_rise = rank is None or (best_rank is not None and best_rank > rank)
    needed = _needed(release_type, best)
    return Assessment(
        level=level,
        name=level_name(release_type, level),
        rank=rank,
        unchecked=sum(known[component] == UNKNOWN for component in needed) if could_rise else 0,
        mof_class=_mof_class(release_type, known),
        best_rank=best_rank,
    )


def label_gap(called: str, assessment: Assessment) -> bool:
    """Whether the company says "open source" and what was found is not, whatever is still unchecked."""
    best = assessment.best_rank
    return called == "open-source" and best is not None and best < LABEL_RANK


def level_name(release_type: str, level: str) -> str:
    """The level in words, which differ by what was released."""
    return next(
        row["name"]
        for row in vocabularies()["levels"]
        if row["slug"] == level and row["release_type"] in (release_type, "any")
    )


def _rank(release_type: str, level: str) -> int | None:
    return next(
        row["rank"]
        for row in vocabularies()["levels"]
        if row["slug"] == level and row["release_type"] in (release_type, "any")
    )


def _level(release_type: str, states: States, code_class: str) -> str:
    if all(state == UNKNOWN for state in states.values()):
        return NOT_ASSESSED
    return {"model": _model_level, "software": _software_level, "dataset": _dataset_level}[
        release_type
    ](states, code_class)


def _model_level(states: States, _: str) -> str:
    def all_open(components: tuple[str, ...]) -> bool:
        return all(states[component] == OPEN for component in components)

    if all_open(OPEN_SCIENCE):
        return "open-science"
    if all_open(OPEN_SOURCE):
        return "open-source"
    if all_open(OPEN_WEIGHTS):
        return "open-weights"
    if states["weights"] in (PARTIAL, OPEN):
        return "restricted-weights"
    return "documents-or-code" if _any_obtained(states) else "closed"


def _software_level(states: States, code_class: str) -> str:
    match states["source_code"]:
        case "none":
            return "closed"
        case "unknown":
            return NOT_ASSESSED
        case "open" if code_class == "open-software":
            return "open-source"
    return "source-available"


def _dataset_level(states: States, _: str) -> str:
    data, described = states["training_data"], states["data_documentation"]
    if data == OPEN:
        return "open-data"
    if data == PARTIAL:
        return "restricted-data"
    if described in (PARTIAL, OPEN):
        return "documents-or-code"
    return "closed" if data == NONE else NOT_ASSESSED


def _any_obtained(states: States) -> bool:
    return any(state in (PARTIAL, OPEN) for state in states.values())


def _needed(release_type: str, best: str) -> tuple[str, ...]:
    """The components that decide up to the best level still possible."""
    if best in ("closed", "documents-or-code"):
        return COMPONENTS[release_type]
    if release_type != "model":
        return {"software": ("source_code",), "dataset": ("training_data",)}[release_type]
    return {"open-science": OPEN_SCIENCE, "open-source": OPEN_SOURCE}.get(best, OPEN_WEIGHTS)


def _mof_class(release_type: str, states: States) -> str:
    if release_type != "model":
        return ""
    for name, components in (("I", MOF_I), ("II", MOF_II), ("III", MOF_III)):
        if all(states[component] == OPEN for component in components):
            return name
    return ""
