"""What the features of this stream share; it stands below them."""
