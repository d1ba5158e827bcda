"""What we know: one file per noun."""

from announcements.models.announcement import Announcement, Partner
from announcements.models.benefit import Benefit, BenefitType
from announcements.models.citation import Citation
from announcements.models.company import Company, FormerName
from announcements.models.concern import Concern, ConcernType
from announcements.models.former_addresses import (
    FormerAnnouncementAddress,
    FormerCompanyAddress,
    FormerConcernTypeAddress,
    FormerInitiativeAddress,
    FormerLicenseAddress,
    FormerSourceAddress,
)
from announcements.models.importing import ImportBatch, ImportedRecord
from announcements.models.initiative import FormerInitiativeName, Initiative
from announcements.models.license import License
from announcements.models.merger import Merger
from announcements.models.near_match import NearMatch
from announcements.models.promise import Promise
from announcements.models.release import Release, ReleaseComponent
from announcements.models.source import Source
from announcements.models.suggestion import Suggestion
from announcements.models.update import Update
from announcements.models.version import Change, DataVersion

# Read for what it connects; after the models, which it names.
from announcements.models import links  # isort: skip

__all__ = [
    "Announcement",
    "Benefit",
    "BenefitType",
    "Change",
    "Citation",
    "Company",
    "Concern",
    "ConcernType",
    "DataVersion",
    "FormerAnnouncementAddress",
    "FormerCompanyAddress",
    "FormerConcernTypeAddress",
    "FormerInitiativeAddress",
    "FormerInitiativeName",
    "FormerLicenseAddress",
    "FormerName",
    "FormerSourceAddress",
    "ImportBatch",
    "ImportedRecord",
    "Initiative",
    "License",
    "Merger",
    "NearMatch",
    "Partner",
    "Promise",
    "Release",
    "ReleaseComponent",
    "Source",
    "Suggestion",
    "Update",
    "links",
]
