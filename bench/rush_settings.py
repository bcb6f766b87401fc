"""The installation's own settings, with the empty view beside its pages."""

from tanzhi.web.settings import *  # noqa: F403  # all of them, whatever they are

ROOT_URLCONF = "bench.empty_view"
