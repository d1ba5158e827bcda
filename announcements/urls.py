"""What is where."""

from django.urls import path

from announcements.api import addresses
from announcements.feeds.doors import (
    ATOM,
    JSON_FEED,
    announcement_feed,
    promised_dates,
    story_feed,
    update_feed,
)
from announcements.views.announcement import announcement_detail
from announcements.views.announcements import announcement_list, filter_values
from announcements.views.calendar import calendar
from announcements.views.companies import company_compare, company_detail, company_list
from announcements.views.concerns import concern_detail, concern_list
from announcements.views.corrections import announcement_corrections
from announcements.views.discovery import opensearch, sitemap, sitemap_index
from announcements.views.downloads import download
from announcements.views.embeds import badge, badge_of_promise, embed, oembed
from announcements.views.files import announcement_file
from announcements.views.initiatives import initiative_detail, initiative_list
from announcements.views.licenses import license_detail, license_list
from announcements.views.overview import overview
from announcements.views.pages import about, data, examples, record_schema
from announcements.views.sharing import citation_bib, citation_json, preview, preview_of_the_site
from announcements.views.suggestions import suggest_correction, suggest_new, suggestion_sent

app_name = "announcements"

urlpatterns = [
    path("", overview, name="overview"),
    path("announcements/", announcement_list, name="announcement_list"),
    path("announcements.csv", announcement_file, {"suffix": "csv"}, name="announcements_csv"),
    path("announcements.json", announcement_file, {"suffix": "json"}, name="announcements_json"),
    path(
        "announcements.ndjson", announcement_file, {"suffix": "ndjson"}, name="announcements_ndjson"
    ),
    path("announcements.xlsx", announcement_file, {"suffix": "xlsx"}, name="announcements_xlsx"),
    path("announcements.zip", announcement_file, {"suffix": "zip"}, name="announcements_zip"),
    path("announcements.atom", announcement_feed, {"form": ATOM}, name="announcements_atom"),
    path(
        "announcements.feed.json",
        announcement_feed,
        {"form": JSON_FEED},
        name="announcements_json_feed",
    ),
    path("announcements.ics", promised_dates, name="announcements_ics"),
    path("updates.atom", update_feed, {"form": ATOM}, name="updates_atom"),
    path("updates.feed.json", update_feed, {"form": JSON_FEED}, name="updates_json_feed"),
    path("announcements/filters/<slug:name>/", filter_values, name="filter_values"),
    path("announcements/<slug:slug>/", announcement_detail, name="announcement_detail"),
    path("announcements/<slug:slug>/citation.bib", citation_bib, name="citation_bib"),
    path("announcements/<slug:slug>/citation.json", citation_json, name="citation_json"),
    path(
        "announcements/<slug:slug>/corrections/",
        announcement_corrections,
        name="announcement_corrections",
    ),
    path("announcements/<slug:slug>/badge.svg", badge, name="badge"),
    path(
        "announcements/<slug:slug>/promises/<int:number>/badge.svg",
        badge_of_promise,
        name="badge_of_promise",
    ),
    path("announcements/<slug:slug>/embed/", embed, name="embed"),
    path("announcements/<slug:slug>/preview.png", preview, name="preview"),
    path("announcements/<slug:slug>/story.atom", story_feed, {"form": ATOM}, name="story_atom"),
    path(
        "announcements/<slug:slug>/story.feed.json",
        story_feed,
        {"form": JSON_FEED},
        name="story_json_feed",
    ),
    path("announcements/<slug:slug>/suggest/", suggest_correction, name="suggest_correction"),
    path("calendar/", calendar, name="calendar"),
    path("companies/", company_list, name="company_list"),
    path("companies/compare/", company_compare, name="company_compare"),
    path("companies/<slug:slug>/", company_detail, name="company_detail"),
    path("initiatives/", initiative_list, name="initiative_list"),
    path("initiatives/<slug:slug>/", initiative_detail, name="initiative_detail"),
    path("concerns/", concern_list, name="concern_list"),
    path("concerns/<slug:slug>/", concern_detail, name="concern_detail"),
    path("licenses/", license_list, name="license_list"),
    path("licenses/<str:slug>/", license_detail, name="license_detail"),
    path("data/", data, name="data"),
    path("data/examples/", examples, name="examples"),
    path("data/record.schema.json", record_schema, name="record_schema"),
    path("data/downloads/<str:name>", download, name="download"),
    path("about/", about, name="about"),
    path("suggest/", suggest_new, name="suggest_new"),
    path("suggest/thanks/", suggestion_sent, name="suggestion_sent"),
    path("oembed/", oembed, name="oembed"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path("preview.png", preview_of_the_site, name="preview_of_the_site"),
    path("sitemap.xml", sitemap_index, name="sitemap_index"),
    path("sitemap-<slug:section>.xml", sitemap, name="sitemap"),
    *addresses.urlpatterns,
]
