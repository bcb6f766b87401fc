"""Reminders, word once something is late, deadlines as a calendar feed."""
