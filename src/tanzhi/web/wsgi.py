"""The application as a server starts it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
application = get_wsgi_application()
