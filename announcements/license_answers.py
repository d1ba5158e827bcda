"""What a lawyer asks of a license, answered from what is recorded, and only as far as it was read.

A restriction that is not recorded means "no" only where the whole text was read, or where the class of the
license rules it out: the Open Source Definition (5: no person or group, 6: no field of use is shut out),
and the definitions of the classes in the vocabulary (``license_classes``). Otherwise it is not recorded.
"""

from collections.abc import Collection
from dataclasses import dataclass

YES, NO, LIMITED, NOT_MENTIONED, NOT_RECORDED = (
    "Yes",
    "No",
    "With limits",
    "Not mentioned",
    "Not recorded",
)

RULED_OUT = {
    "open-software": "An open-source license shuts out no person, group or field of use "
    "(Open Source Definition, 5 and 6).",
    "open-content": "An open content license allows any use, commercial use included.",
    "permissive-unlisted": "A license of this class does not limit who uses it or for what.",
}
"""Why a limit on users or uses cannot be, by class of license."""
READ_WHOLE = "The whole text was read; nothing of the kind stands in it."
NOT_FORBIDDEN = "The whole text was read; it does not forbid it."
NOT_READ = "What was read of it does not say, or was not recorded."
NO_TERMS = "No license was found, or none whose terms are known."


@dataclass(frozen=True)
class Terms:
    """What is recorded of a license, in the vocabulary's slugs; "" where nothing is."""

    license_class: str
    restrictions: Collection[str] = ()
    threshold: str = ""
    attribution: str = ""
    patent_grant: str = ""
    checked: str = ""

    @property
    def read_whole(self) -> bool:
        return self.checked == "text"

    def holds(self, *restrictions: str) -> bool:
        """Whether one of these is recorded."""
        return any(slug in self.restrictions for slug in restrictions)


@dataclass(frozen=True)
class Answer:
    """A question with its answer in a word or two, and where the answer comes from."""

    question: str
    answer: str
    reason: str

    @property
    def is_recorded(self) -> bool:
        return self.answer != NOT_RECORDED


def answers(terms: Terms) -> list[Answer]:
    """The questions in the order a lawyer asks them."""
    return [
        Answer("May it be used commercially?", *_commercial_use(terms)),
        Answer("Is there a ceiling of users or revenue?", *_ceiling(terms)),
        Answer("Are whole fields of use excluded?", *_fields(terms)),
        Answer("Does it list forbidden uses?", *_forbidden_uses(terms)),
        Answer("Are countries excluded?", *_territory(terms)),
        Answer("Must the makers or the model be named?", *_attribution(terms)),
        Answer("Does it grant a patent license?", *_patents(terms)),
        Answer("May outputs train other models?", *_outputs(terms)),
        Answer("Can it be revoked or changed later?", *_revocation(terms)),
    ]


Verdict = tuple[str, str]


def _absent(
    terms: Terms, *, answer: str = NO, read: str = READ_WHOLE, ruled_out: bool = True
) -> Verdict:
    """The answer where no restriction is recorded; ``ruled_out``: whether the class can settle it."""
    if ruled_out and terms.license_class in RULED_OUT:
        return answer, RULED_OUT[terms.license_class]
    if terms.read_whole and terms.license_class != "unclear":
        return answer, read
    return _silent(terms)


def _silent(terms: Terms) -> Verdict:
    return NOT_RECORDED, NO_TERMS if terms.license_class == "unclear" else NOT_READ


def _commercial_use(terms: Terms) -> Verdict:
    if terms.holds("commercial-on-request"):
        return LIMITED, "Only after the licensor has given permission."
    if terms.holds("non-commercial", "research-only") or terms.license_class == "non-commercial":
        return NO, "Not without a separate agreement."
    if terms.license_class != "use-restricted":
        return _absent(terms, answer=YES)
    if terms.holds("royalty"):
        return LIMITED, "For a royalty."
    if terms.holds("mau-threshold", "revenue-threshold"):
        return LIMITED, "Up to the ceiling named below."
    if terms.restrictions:
        return LIMITED, "Within the limits named below."
    return _silent(terms)


def _ceiling(terms: Terms) -> Verdict:
    kinds = {"mau-threshold": "a number of monthly users", "revenue-threshold": "a revenue"}
    found = [words for slug, words in kinds.items() if terms.holds(slug)]
    if not found:
        return _absent(terms)
    level = f": {terms.threshold}" if terms.threshold else ""
    return YES, f"A separate license is needed above {' or '.join(found)}{level}."


def _fields(terms: Terms) -> Verdict:
    excluded = {
        "field-of-use": "A whole field is excluded, for example military use.",
        "research-only": "Only research or evaluation is allowed.",
        "non-commercial": "Commercial use is excluded.",
    }
    found = [words for slug, words in excluded.items() if terms.holds(slug)]
    return (YES, " ".join(found)) if found else _absent(terms)


def _forbidden_uses(terms: Terms) -> Verdict:
    guardrails = terms.holds("guardrail-duty")
    duty = "The rights end if guardrails are removed." if guardrails else ""
    if terms.holds("acceptable-use"):
        return YES, " ".join(filter(None, ("There is a list of forbidden uses.", duty)))
    return (LIMITED, duty) if duty else _absent(terms)


def _territory(terms: Terms) -> Verdict:
    if terms.holds("territory"):
        return YES, "It does not apply in some countries."
    return _absent(terms)


def _attribution(terms: Terms) -> Verdict:
    duties = {
        "naming-duty": "Derived models must carry the name, or a “built with” notice is due.",
        "display-at-scale": "The name must be displayed above a size.",
    }
    found = [words for slug, words in duties.items() if terms.holds(slug)]
    if terms.attribution == "required":
        return YES, " ".join(["Names and notices of the makers must be kept.", *found])
    if found:
        return YES, " ".join(found)
    if terms.attribution == "not-required":
        return NO, "Credit is not asked for."
    return _silent(terms)


def _patents(terms: Terms) -> Verdict:
    if terms.holds("no-patent-grant") or terms.patent_grant == "not-granted":
        return NO, "It says that patents are not licensed."
    if terms.patent_grant == "granted":
        return YES, "Contributors license the patents that their part needs."
    if terms.patent_grant == "not-mentioned":
        return NOT_MENTIONED, "The text says nothing of patents."
    return _silent(terms)


def _outputs(terms: Terms) -> Verdict:
    if terms.holds("no-output-training"):
        return NO, "Outputs may not be used to train other models."
    return _absent(terms, answer=YES, read=NOT_FORBIDDEN)


def _revocation(terms: Terms) -> Verdict:
    clauses = {
        "revocable": "It can be revoked without a breach.",
        "update-at-will": "The licensor may change the rules later.",
    }
    found = [words for slug, words in clauses.items() if terms.holds(slug)]
    return (YES, " ".join(found)) if found else _absent(terms, ruled_out=False)
