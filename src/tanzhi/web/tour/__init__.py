"""A short tour for whoever is here for the first time."""
