"""What I must do, by deadline."""
