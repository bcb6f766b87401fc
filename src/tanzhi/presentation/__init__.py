"""What pages share in Python: lists, forms of actions, charts, the tile map, navigation."""
