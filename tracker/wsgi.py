"""The door for a web server: `gunicorn tracker.wsgi`."""

import os

import django

from tracker.plain_text import Utf8Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

django.setup(set_prefix=False)
application = Utf8Handler()
