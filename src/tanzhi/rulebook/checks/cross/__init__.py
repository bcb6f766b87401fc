"""Cross-checks over a province (全省交叉核对): a plant's months, years and books, and like plants beside each other.

A hit is a question and no verdict. `year_books.py` holds what is compared, `robust.py` how far is far, `limits.py` the
dated limits, the other modules the checks; `run.py` asks them all.
"""
