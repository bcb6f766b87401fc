"""Cleaner-production audits (清洁生产审核): who must, by when, and what the options of an audit bring."""

from .measure import cleaner

__all__ = ["cleaner"]
