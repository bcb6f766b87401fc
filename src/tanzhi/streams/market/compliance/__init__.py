"""What is owed for a cycle, and what was surrendered."""
