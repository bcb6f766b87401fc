"""By which law or duty somebody sees an address or a record: what the matrix of visibility prints beside each row.

An address that anybody may open without signing in needs a reason of its own in `PUBLIC`; what only some see has the
reason of its room in `INSIDE`. Whoever adds a page or a model that nobody gave a reason for fails the test.
"""

from __future__ import annotations

PUBLISHED = "a list of what was published by decision of its authority; empty for whoever may see nothing of it"
PUBLIC: dict[str, str] = {
    "bulletin:data": "data sets of what is public; each holds what anybody may have",
    "bulletin:portal": "what was published, put to notice or made public by its authority, for everybody the same",
    "bulletin:schema": "what the JSON of a published bulletin means; it names no record",
    "bulletin:archive": "editions that two people of the province published (政府信息公开条例)",
    "cases:apply": "whoever has no account applies for one; it opens nothing and reads nothing",
    "ccer:notices": "public notice of projects and reductions (温室气体自愿减排交易管理办法: 公示)",
    "disclosure": "the yearly list of key units, as it was made public (碳排放权交易管理办法（试行）)",
    "entry": "an entry's public bytes, which its receipt shows to anybody",
    "evidence:consistency_verifier": "with it anybody checks that an old head is the beginning of a new one",
    "evidence:keys": "every key that ever signed, with which anybody checks an old receipt",
    "evidence:key": "the public key with which anybody checks a receipt",
    "evidence:log": "heads of the log, made to be kept by whoever wants to hold us to them",
    "evidence:verifier": "the script with which anybody checks a receipt without us",
    "evidence:verify": "whoever holds a receipt checks it; nothing is kept",
    "intensity:decompositions": PUBLISHED,
    "intensity:ledger": PUBLISHED,
    "intensity:overview": PUBLISHED,
    "intensity:region": PUBLISHED,
    "intensity:targets": PUBLISHED,
    "intensity:warnings": PUBLISHED,
    "intensity.reference": "a national figure out of public statistics, with its source",
    "inventory:compare": PUBLISHED,
    "inventory:list": PUBLISHED,
    "listed": "the yearly list of key units is published (碳排放权交易管理办法（试行）)",
    "organisations:ask_reset": "who cannot sign in asks for a link; the answer is the same for every name",
    "organisations:sign_in": "signing in",
    "policy.Document text": "the full text of a published document; its page asks to sign in (政府信息公开条例)",
    "policy:audits": PUBLISHED,
    "policy:consultations": PUBLISHED,
    "policy:coverage": PUBLISHED,
    "policy:documents": PUBLISHED,
    "policy:events": PUBLISHED,
    "policy:pilots": PUBLISHED,
    "policy:recommendations": PUBLISHED,
    "policy:rounds": PUBLISHED,
    "policy:tasks": PUBLISHED,
    "policy:visits": PUBLISHED,
    "registry:cycles": "compliance cycles and their deadlines are set in public plans",
    "verification:site_worker": "a script that answers offline for a page that was open; it tells no record",
    "web:about": "what this installation runs",
    "web:guideline": "the rulebook is public law",
    "web:health": "a watchdog asks; it tells no record",
    "web:home": "the portal for whoever is not signed in, one's own work for whoever is",
    "web:live": "a watchdog asks whether the process answers; it tells no record",
    "web:metrics": "to the machine itself alone, as here, or to whoever holds the metrics token; it tells no record",
    "web:search": "finds what whoever asks may open anyway",
    "web:rules": "the rulebook is public law",
}
FILED = "the enterprise that files, the authorities that supervise it, the body that verifies the year"
INSIDE: dict[str, str] = {
    "actions": "the trail of acts: one's own, one's organisation's, and the authorities' over their region",
    "bulletin": "whoever prepares or signs the bulletin of the region; others once it is published",
    "cases": "the parties to a case and the authorities that work on it; deadlines and letters are their receiver's",
    "ccer": "the owner, the body that validates or verifies, the authorities; everybody from the public notice on",
    "exchange": "the account holder and the authorities that supervise trading",
    "filing": FILED,
    "filings": FILED,
    "finance": "the owner, the bank that the project was pushed to, the experts asked, the authorities",
    "intensity": "the authorities of the region; what was published for everybody",
    "inventory": "the authorities that compile it; everybody once it is published",
    "office": "administrators who word letters and keep lists of codes, and whoever prepares, signs or audits by them",
    "organisations": "the organisation itself, the authorities of its region, what the register opens by assignment",
    "plan": FILED,
    "policy": "the authorities that take part and the organisation concerned; what was published for everybody",
    "presentation": "a form for the roles that its action names; one's own views",
    "result": FILED,
    "registry": "the account holder and the authorities that keep the books",
    "verification": "the enterprise, its authorities, the body of the case; the list of key units is public by law",
    "law": "administrators who enter the law's values, officers and auditors who work by them",
    "web": "one's own work and tokens; the explanation of what one may see",
}


def because(name: str, public: bool) -> str:
    """The reason for a row of the matrix; empty where nobody declared one."""
    if public:
        return PUBLIC.get(name, "")
    return INSIDE.get(name.replace(".", ":").partition(":")[0], "")
