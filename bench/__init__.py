"""Speed as ratios of one run: `python -m bench` measures, prints and keeps the table in docs/performance.md."""
