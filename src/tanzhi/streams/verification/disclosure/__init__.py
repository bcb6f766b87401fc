"""Making verified emissions public: prepared, shown to the enterprises, decided by two, corrected by a new version."""
