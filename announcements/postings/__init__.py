"""Which announcements have what, remembered in each process as sets that are quick to intersect.

``current()`` gives the sets as the data stands now. They hold nothing that the tables do not say.
"""

from announcements.postings.memory import current, forget
from announcements.postings.places import Places
from announcements.postings.postings import Postings, Value
from announcements.postings.tables import Keys, Tables

__all__ = ["Keys", "Places", "Postings", "Tables", "Value", "current", "forget"]
