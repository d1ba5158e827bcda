"""Pages below the admin's address that are not the admin's own."""

from django.contrib import admin
from django.urls import path

from announcements.views.announcement import announcement_preview

app_name = "editing"

urlpatterns = [
    path(
        "announcements/announcement/<int:pk>/preview/",
        admin.site.admin_view(announcement_preview),
        name="announcement_preview",
    ),
]
