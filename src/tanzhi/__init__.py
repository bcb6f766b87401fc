"""Tanzhi (碳治): the platform with which a province runs its carbon work."""
