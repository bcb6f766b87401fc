"""What the features of this package share."""
