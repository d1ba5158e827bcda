"""What no address of the API is, told as the API tells errors and not as a page."""

from django.urls import re_path

from announcements.api.views import Nothing

urlpatterns = [re_path(r"^(?:.*/)?$", Nothing.as_view(), name="api_nothing")]
