"""The application as a server starts it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connection

from .occupancy import occupy_while_this_runs
from .turns import Turns

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tanzhi.web.settings")
application = Turns(get_wsgi_application(), settings.TANZHI_THREADS, one_writer=connection.vendor == "sqlite")
# each serving process by itself: it may outlive the command that started it
IN_USE = occupy_while_this_runs(Path(settings.VAR))
