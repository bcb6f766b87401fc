"""Exchange (交易): trades and their statistics."""
