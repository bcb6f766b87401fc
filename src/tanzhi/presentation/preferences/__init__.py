"""What a person keeps of pages."""
