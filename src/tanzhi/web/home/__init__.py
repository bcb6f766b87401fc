"""The task list of a person, by deadline."""
