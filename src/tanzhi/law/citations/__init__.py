"""The sources of law in English: titles of documents, places in them, and the remarks that stand beside them."""
