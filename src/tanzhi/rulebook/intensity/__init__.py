"""Carbon intensity (单位地区生产总值二氧化碳排放): numerator, chained GDP, progress, decomposition to cities."""

from .measure import intensity

__all__ = ["intensity"]
