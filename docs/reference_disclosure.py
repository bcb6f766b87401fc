"""What the evidence log tells the public, act by act: read from the disclosure table."""

from __future__ import annotations

from docs.markdown import NOTICE, code, table

HEAD = """What an entry of the evidence log tells everybody, and the law that makes it public. Whatever act is not in
this table tells nothing: its entry is a time, the word `act`, and salted digests of its particulars and of what is
personal.
Whoever may see the subject reads the particulars with the receipt; nobody reads what is personal out of the log.
Both parts can be erased by the act `evidence.erase`, by two administrators, and the log stays whole.

*high*: the act itself is the publication. *medium*: the article is cited from memory; a lawyer should look."""


def page() -> str:
    from tanzhi.actions.registry import ACTIONS
    from tanzhi.evidence.disclosure import table as disclosure

    rules = disclosure()
    rows = [
        (
            code(row.kind),
            ", ".join((["subject"] if row.subject else []) + sorted(row.fields)),
            "; ".join(f"{rules.laws[law]}，{article}" for law, article in row.law.items()),
            row.sure,
            row.why,
        )
        for _, row in sorted(rules.kinds.items())
    ]
    personal = ", ".join(code(field) for field in sorted(rules.personal))
    parts = [
        "# What the log tells the public 存证公开内容",
        NOTICE,
        HEAD,
        table(["Act", "Public beside time and kind", "Law, articles", "How sure", "Why"], rows),
        f"{len(ACTIONS.keys() - rules.kinds.keys())} other acts tell nothing. Personal in every act: {personal}.",
    ]
    return "\n\n".join(part.strip() for part in parts) + "\n"
