"""Who may do what in the admin: one table, of which every `migrate` makes the groups.

A name without a label is a model of the tracker's own.
"""

CONTRIBUTORS, EDITORS, ADMINISTRATORS = "Contributors", "Editors", "Administrators"

ANNOUNCEMENT = (
    "announcement",
    "partner",
    "citation",
    "promise",
    "update",
    "release",
    "releasecomponent",
    "concern",
    "benefit",
)
SHARED = ("source", "company", "formername", "initiative", "formerinitiativename", "nearmatch")
VOCABULARIES = ("license", "concerntype", "benefittype")
RECORDS = (*ANNOUNCEMENT, *SHARED, *VOCABULARIES)
QUEUE = ("suggestion",)
MERGED = ("company", "initiative", "source")
IMPORTS = ("importbatch",)
KEPT = ("merger",)
"""What the tracker itself keeps of what was done: to be read, and undone, never written."""
ACCOUNTS = ("auth.user",)

Grants = dict[str, tuple[str, ...]]
"""The models by what may be done with them."""

ROLES: dict[str, Grants] = {
    # Only what they began themselves and readers do not see: admin/ownership.py.
    CONTRIBUTORS: {
        "view": RECORDS,
        "add": (*ANNOUNCEMENT, "source"),
        "change": ANNOUNCEMENT,
    },
    EDITORS: {
        "view": (*RECORDS, *QUEUE, *IMPORTS, *KEPT),
        "add": (*ANNOUNCEMENT, *SHARED),
        "change": (*ANNOUNCEMENT, *SHARED, *QUEUE),
        "change_any": ("announcement",),
        "publish": ("announcement",),
    },
    ADMINISTRATORS: {
        "view": (*RECORDS, *QUEUE, *IMPORTS, *KEPT, *ACCOUNTS, "auth.group"),
        "add": (*RECORDS, *ACCOUNTS),
        "change": (*RECORDS, *QUEUE, *ACCOUNTS),
        "change_any": ("announcement",),
        "publish": ("announcement",),
        "merge": MERGED,
        "delete": (*RECORDS, *QUEUE),
    },
}

OWN_APP = "announcements"


def granted(role: str) -> set[tuple[str, str]]:
    """The permissions of a role, each as the label of its app and its codename."""
    return {
        (label or OWN_APP, f"{action}_{name}")
        for action, models in ROLES[role].items()
        for label, _, name in (model.rpartition(".") for model in models)
    }
