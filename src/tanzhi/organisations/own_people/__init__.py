"""An organisation's own people, looked after by its head."""
