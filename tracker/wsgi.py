"""The door for a web server: `gunicorn tracker.wsgi`."""

import gc
import os

import django

from tracker.plain_text import Utf8Handler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tracker.settings")

django.setup(set_prefix=False)
application = Utf8Handler()

# What is loaded by now stays for good: looking through it again and again for garbage took more than a
# quarter of the time of a file of records.
gc.collect()
gc.freeze()
