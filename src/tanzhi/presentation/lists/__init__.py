"""Declared lists: sorted, filtered, searched, paged, exported."""
