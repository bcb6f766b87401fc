"""The working-day calendar and the conventions by which deadlines are counted."""
