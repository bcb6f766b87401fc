"""Is the province ready: the parts that each room registers, and what the platform says of itself."""
