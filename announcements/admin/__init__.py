"""The editors' door: one file per noun."""

from django.contrib import admin

from announcements.admin import (
    account,
    announcement,
    benefit,
    company,
    concern,
    importing,
    initiative,
    license,
    merger,
    near_match,
    promise,
    release,
    source,
    suggestion,
)

__all__ = [
    "account",
    "announcement",
    "benefit",
    "company",
    "concern",
    "importing",
    "initiative",
    "license",
    "merger",
    "near_match",
    "promise",
    "release",
    "source",
    "suggestion",
]

admin.site.site_header = "Open-Source AI Tracker"
admin.site.site_title = "Open-Source AI Tracker"
admin.site.index_title = "Records"
# The rows of a list need the width; the breadcrumbs lead back to the index.
admin.site.enable_nav_sidebar = False
