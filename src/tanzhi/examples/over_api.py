"""Somebody at work through the API of a running installation, with the client that was generated of its description.

It knows nothing of the platform but its address: people go through the door as in a browser, once, to make a token of
their own; whatever they do from then on they do by it.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from tanzhi_client import AuthenticatedClient, Client
from tanzhi_client.api.acts import batch, decide_proposal, store_file
from tanzhi_client.api.organisations import list_people
from tanzhi_client.api.web import web_end_token, web_make_token
from tanzhi_client.models import (
    ActsInput,
    BatchAct,
    BatchActData,
    BatchAnswers,
    ListPeopleState,
    NewToken,
    OnceAnswer,
    PeopleRecordPage,
    ProposalDecision,
    ProposalDecisionDecision,
    Refusal,
    ShownOnce,
    StoredFileAnswer,
    StoreFileFileParams,
    TokenNumber,
)
from tanzhi_client.types import UNSET, File, Unset

MOST_ACTS, MOST_RECORDS = 1000, 500  # of a batch, of a page
SIGN_IN = "/organisations/sign-in/"
INVITATION = "/organisations/invitation/"
TOKEN_NAME = "load_province"  # noqa: S105  what a token is for, no token


class NotDone(Exception):
    """Something without which the rest cannot be done."""


@dataclass(frozen=True, slots=True)
class KeyedAct:
    """One act of a batch: the same key again is the same act."""

    action: str
    key: str
    data: dict[str, Any] = field(default_factory=dict)
    code: str | None = None


@dataclass(slots=True)
class Traffic:
    """What was sent to the installation."""

    requests: int = 0
    acts: int = 0
    refused: list[str] = field(default_factory=list)

    def count(self, _request: object) -> None:
        self.requests += 1


class Visitor:
    """A person with a session: signed in by name and password, as in a browser."""

    def __init__(self, address: str, tally: Traffic) -> None:
        self.address, self.tally = address.rstrip("/"), tally
        hooks = {"event_hooks": {"request": [tally.count]}, "trust_env": False}
        client = Client(base_url=self.address, httpx_args=hooks, timeout=None)
        self.http = client.get_httpx_client()
        self.client = cast("AuthenticatedClient", client)  # by its session: the generator knows of tokens alone

    def sign_in(self, name: str, password: str) -> bool:
        """Whether the door opened."""
        answer = self._send_form(SIGN_IN, {"username": name, "password": password})
        self.http.headers["X-CSRFToken"] = self.http.cookies.get("csrftoken") or ""
        return bool(answer.is_redirect)

    def accept(self, secret: str, password: str) -> bool:
        """Take an invitation up with a password of one's own."""
        return bool(self._send_form(f"{INVITATION}{secret}/", {"password": password, "again": password}).is_redirect)

    def make_token(self, name: str) -> tuple[str, str]:
        """A key of a day to read and to file; its number, by which it is ended, and the key."""
        data = NewToken(name=TOKEN_NAME, scopes=["read", "filings", "web.end_token"], days=1)
        answer = fitting(web_make_token.sync(client=self.client, body=data, code=name), OnceAnswer)
        secrets = fitting(answer.result, ShownOnce)
        return secrets.name.rpartition(" ")[2], secrets.secrets[0]

    def store(self, name: str, content: bytes) -> str:
        """A file of one's own, by whose digest an act names it."""
        body = StoreFileFileParams(file=File(io.BytesIO(content), name, "application/octet-stream"))
        return str(fitting(store_file.sync(client=self.client, body=body), StoredFileAnswer).sha256)

    def hand_in(self, page: str, address: str, fields: dict[str, str], file: tuple[str, bytes]) -> str:
        """A form of a page with a file, as in a browser; what the page says against it, nothing where it was taken."""
        answer = self._send_form(page, fields, address, {"file": file})
        codes = dict.fromkeys(re.findall(r"<code>([A-Z][A-Z0-9-]+)</code>", answer.text))
        return "" if answer.is_redirect else f"{answer.status_code} {' '.join(codes)}"

    def invited_people(self) -> set[str]:
        """Sign-in names of those whose invitation waits: none of them is tried with a password."""
        names: set[str] = set()
        after: str | Unset = UNSET
        while True:
            answer = list_people.sync(
                client=self.client, state=ListPeopleState.INVITED, limit=MOST_RECORDS, after=after
            )
            page = fitting(answer, PeopleRecordPage)
            names |= {record.code for record in page.records}
            if page.next_ is None:
                return names
            after = page.next_

    def decide(self, proposal: int) -> None:
        """Approve what somebody else proposed; what is decided already stays so."""
        approval = ProposalDecision(decision=ProposalDecisionDecision.APPROVE)
        answer = decide_proposal.sync(proposal, client=self.client, body=approval)
        if isinstance(answer, Refusal) and answer.code != "ACT-STATE":
            raise NotDone(words_of(answer))

    def _send_form(
        self, path: str, fields: dict[str, str], to: str = "", files: dict[str, tuple[str, bytes]] | None = None
    ) -> Any:
        page = self.http.get(path)
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.text)
        data = {**fields, "csrfmiddlewaretoken": token.group(1) if token else ""}
        return self.http.post(to or path, data=data, files=files)


class Program:
    """What acts with a person's token."""

    def __init__(self, address: str, token: str, tally: Traffic) -> None:
        hooks = {"event_hooks": {"request": [tally.count]}, "trust_env": False}
        self.client = AuthenticatedClient(base_url=address.rstrip("/"), token=token, httpx_args=hooks, timeout=None)

    def end_token(self, name: str, number: str) -> None:
        web_end_token.sync(client=self.client, body=TokenNumber(number=int(number)), code=name)


def do_all(
    client: Any, tally: Traffic, acts: Sequence[KeyedAct], passed: Callable[[Refusal], bool] = lambda _refusal: False
) -> list[Any]:
    """The answers to some acts, in their order; a refusal that is not passed over is noted with its findings."""
    answers: list[Any] = []
    for first in range(0, len(acts), MOST_ACTS):
        part = acts[first : first + MOST_ACTS]
        body = ActsInput(acts=[stated(act) for act in part])
        answers += fitting(batch.sync(client=client, body=body), BatchAnswers).answers
    tally.acts += sum(answer.status == 200 for answer in answers)
    for act, answer in zip(acts, answers, strict=True):
        if isinstance(answer.refusal, Refusal) and not passed(answer.refusal):
            tally.refused.append(f"{act.key}: {words_of(answer.refusal)}")
    return answers


def stated(act: KeyedAct) -> BatchAct:
    row = BatchAct(action=act.action, key=act.key, data=BatchActData.from_dict(act.data))
    if act.code is not None:
        row.code = act.code
    return row


def fitting(answer: Any, type_: type[Any]) -> Any:
    """An answer of this type, or the refusal in its place told."""
    if isinstance(answer, type_):
        return answer
    raise NotDone(words_of(answer) if isinstance(answer, Refusal) else f"answered: {answer!r}")


def words_of(refusal: Refusal) -> str:
    """A refusal with where each finding stands, what was found there and what is expected."""
    findings: Iterable[Any] = refusal.findings
    lines = [f"{finding.code} {finding.place} {finding.field}: {finding.message.zh}" for finding in findings]
    return "; ".join([f"{refusal.code} {refusal.message.zh} / {refusal.message.en}", *lines])
