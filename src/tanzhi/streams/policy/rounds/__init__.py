"""Dispatching: rounds of reports on tasks, their lights and scores."""
