"""Charts and the map of tiles, one definition for screen, print and file."""
