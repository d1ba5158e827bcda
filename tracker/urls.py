from django.contrib import admin
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView

from tracker import health

robots = TemplateView.as_view(template_name="robots.txt", content_type="text/plain")

urlpatterns = [
    path("healthz", health.is_up, name="healthz"),
    path("readyz", health.is_ready, name="readyz"),
    path("robots.txt", csrf_exempt(require_safe(robots))),
    # Before the admin, which answers every address below its own.
    path("admin/", include("announcements.editing_urls")),
    path("admin/", admin.site.urls),
    path("", include("announcements.urls")),
    path("api/", include("announcements.api.elsewhere")),
]

handler400 = "tracker.errors.bad_request"
handler403 = "tracker.errors.permission_denied"
handler404 = "tracker.errors.not_found"
handler500 = "tracker.errors.server_error"
