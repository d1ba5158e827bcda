"""Finding words. One small interface, so that what is behind it can change."""

from functools import reduce
from operator import and_, or_

from django.db.models import Exists, OuterRef, Q

from announcements.models import Company, Concern, Initiative, Partner, Promise, Release

LONGEST_QUERY = 200


def matching(text: str) -> Q:
    """The condition that an announcement holds every word of a text, wherever and in whatever case."""
    return reduce(and_, (_holds(word) for word in text.split()), Q())


def _holds(word: str) -> Q:
    company = Company.objects.filter(
        Q(name__icontains=word)
        | Q(legal_name__icontains=word)
        | Q(former_names__name__icontains=word)
    )
    of_announcement = {"announcement": OuterRef("pk")}
    places = (
        Exists(company.filter(pk=OuterRef("company_id"))),
        Exists(Partner.objects.filter(company__in=company, **of_announcement)),
        Exists(Initiative.objects.filter(announcements=OuterRef("pk"), name__icontains=word)),
        Exists(Promise.objects.filter(title__icontains=word, **of_announcement)),
        Exists(Release.objects.filter(name__icontains=word, **of_announcement)),
        Exists(
            Concern.objects.filter(
                Q(title__icontains=word) | Q(text__icontains=word), **of_announcement
            )
        ),
    )
    return reduce(or_, places, Q(title__icontains=word) | Q(summary__icontains=word))
