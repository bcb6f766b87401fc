"""`make mutants`: the rulebook with one thing wrong at a time, and whether a test notices.

`changes` lists what can be put wrong, `trying` runs the tests over one of them, `__main__` draws a sample and writes
docs/development/mutants.md.
"""
