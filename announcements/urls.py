"""What is where."""

from django.urls import path

from announcements.views.announcement import announcement_detail
from announcements.views.announcements import announcement_list, filter_values
from announcements.views.calendar import calendar
from announcements.views.companies import company_compare, company_detail, company_list
from announcements.views.concerns import concern_detail, concern_list
from announcements.views.corrections import announcement_corrections
from announcements.views.initiatives import initiative_detail, initiative_list
from announcements.views.licenses import license_detail, license_list
from announcements.views.overview import overview
from announcements.views.pages import about, data, record_schema
from announcements.views.sharing import citation_bib, citation_json, preview, preview_of_the_site
from announcements.views.suggestions import suggest_correction, suggest_new, suggestion_sent

app_name = "announcements"

urlpatterns = [
    path("", overview, name="overview"),
    path("announcements/", announcement_list, name="announcement_list"),
    path("announcements/filters/<slug:name>/", filter_values, name="filter_values"),
    path("announcements/<slug:slug>/", announcement_detail, name="announcement_detail"),
    path("announcements/<slug:slug>/citation.bib", citation_bib, name="citation_bib"),
    path("announcements/<slug:slug>/citation.json", citation_json, name="citation_json"),
    path(
        "announcements/<slug:slug>/corrections/",
        announcement_corrections,
        name="announcement_corrections",
    ),
    path("announcements/<slug:slug>/preview.png", preview, name="preview"),
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
    path("data/record.schema.json", record_schema, name="record_schema"),
    path("about/", about, name="about"),
    path("suggest/", suggest_new, name="suggest_new"),
    path("suggest/thanks/", suggestion_sent, name="suggestion_sent"),
    path("preview.png", preview_of_the_site, name="preview_of_the_site"),
]
