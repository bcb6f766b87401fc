"""The page of a case: its states, buttons, history."""
