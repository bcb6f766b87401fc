"""What an installation gives away for others to compute with: data sets that rooms declare, and their files."""
