"""Regions, organisations, facilities, people, roles."""
