"""What hangs on a case: comments and files."""
