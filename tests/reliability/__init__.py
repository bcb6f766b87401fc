"""What must hold when things break: killed, torn, spent twice, verified under load. Run by `make reliability`.

No file here is collected by the ordinary suite; `tests/faults/test_reliability.py` runs every trial in small numbers.
"""
