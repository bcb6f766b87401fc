"""The shell: base templates, components, static files, home pages, settings, urls."""
