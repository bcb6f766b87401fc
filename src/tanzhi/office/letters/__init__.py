"""Official letters: numbered, sent, acknowledged."""
