"""Other books of a year’s energy: what plants told the statistics and paid the grid for, and a region’s statistics."""
