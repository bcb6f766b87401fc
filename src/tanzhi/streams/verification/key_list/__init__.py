"""A year's list of key emission units (重点排放单位名录): drawn up, circulated, decided, published."""
