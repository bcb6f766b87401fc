"""Carbon intensity (碳排放强度): the ledger of GDP and energy, progress of targets, decomposition to cities."""
