"""What somebody must do, by deadline."""
