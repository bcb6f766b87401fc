// Work on site with a phone: a verification's visit, a city's check of a clue. What somebody enters is stored in the
// browser first and sent when the server answers, so that neither a dead network nor a session that ended loses anything.
// Each form names its act; each entry has a key, under which the server does it once however often it is sent; each
// picture has the SHA-256 of its bytes, which is compared with the server's. Whether an act may be done, and what becomes
// of two that differ, the server says.
"use strict";
{
  const root = document.querySelector("[data-site]");
  const words = root.dataset;
  const STORE = "tanzhi-site"; // of the browser's cache and of its database
  const WAIT = 20_000; // milliseconds between two tries while something waits
  const filled = (text, number) => text.replace("{n}", number);
  const spoken = (message) => message[document.documentElement.lang.startsWith("en") ? "en" : "zh"];

  // --- what is stored in the browser ------------------------------------------------------------------------------------
  const opened = new Promise((resolve, reject) => {
    const request = indexedDB.open(STORE, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("queue", { keyPath: "key" });
      request.result.createObjectStore("drafts", { keyPath: "form" });
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

  // One request in a transaction of its own; it answers when the transaction is complete, so that what is told is durable.
  async function stored(table, mode, act) {
    const database = await opened;
    return new Promise((resolve, reject) => {
      const transaction = database.transaction(table, mode, { durability: "strict" });
      const request = act(transaction.objectStore(table));
      transaction.oncomplete = () => resolve(request.result);
      transaction.onabort = transaction.onerror = () => reject(transaction.error);
    });
  }

  const waiting = async () => {
    const rows = await stored("queue", "readonly", (table) => table.getAll());
    return rows.sort((one, other) => one.at.localeCompare(other.at));
  };

  async function digest(blob) {
    const bytes = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
    return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  async function pictures(files) {
    return Promise.all(files.map(async (file) => {
      const blob = new Blob([await file.arrayBuffer()], { type: file.type }); // its bytes: the file itself may go away
      return { name: file.name, blob, sha256: await digest(blob) };
    }));
  }

  async function queue(row) {
    const entry = {
      ...row, key: crypto.randomUUID(), person: words.person, case: words.site, at: new Date().toISOString(), problem: null,
    };
    await stored("queue", "readwrite", (table) => table.put(entry));
    await draw();
    send();
  }

  // --- what the page says ----------------------------------------------------------------------------------------------
  const bar = root.querySelector(".site-bar");

  function tell(name, shown) {
    bar.querySelector(`[data-part=${name}]`).hidden = !shown;
  }

  async function draw() {
    const rows = (await waiting()).filter((row) => row.case === words.site);
    const own = rows.filter((row) => row.person === words.person);
    tell("waiting", own.length > 0);
    tell("none", own.length === 0);
    tell("others", rows.length > own.length);
    bar.querySelector("[data-part=waiting]").textContent = filled(words.waiting, own.length);
    bar.querySelector("[data-part=others]").textContent = filled(words.others, rows.length - own.length);
    root.querySelector(".site-refused").replaceChildren(...own.filter((row) => row.problem).map(refusal));
    for (const line of root.querySelectorAll(".site-line")) {
      line.querySelector("[data-queued]").hidden = !own.some((row) => row.subject === line.dataset.line);
    }
  }

  // What the server refused stays here with what it said, until its writer sends it again or lets it go.
  function refusal(row) {
    const part = document.createElement("div");
    part.className = "message error";
    part.textContent = `${row.label}: ${row.problem}`;
    const told = document.createElement("p");
    told.textContent = (row.written || []).join(" · ");
    const again = button(words.again, async () => {
      await stored("queue", "readwrite", (table) => table.put({ ...row, problem: null }));
      send();
    });
    const drop = button(words.drop, async () => {
      if (!confirm(words.sure)) return;
      await stored("queue", "readwrite", (table) => table.delete(row.key));
      draw();
    });
    part.append(told, again, " ", drop);
    return part;
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  // --- the server's side -----------------------------------------------------------------------------------------------
  let token = "";

  // How the work stands, or null where nobody may send now: no network, nobody signed in, somebody else.
  async function state() {
    let answer;
    try {
      answer = await fetch(words.state, { headers: { Accept: "application/json" } });
    } catch {
      answer = null;
    }
    const lost = answer === null || answer.status >= 500;
    const fresh = answer && answer.ok ? await answer.json() : null;
    const own = fresh !== null && String(fresh.person) === words.person;
    tell("offline", lost);
    tell("online", own);
    tell("signin", !lost && fresh === null);
    tell("other", fresh !== null && !own);
    if (!own) return null;
    token = fresh.token;
    for (const line of fresh.lines) refresh(line);
    return fresh;
  }

  function refresh(fresh) {
    const line = document.getElementById(`line-${fresh.number}`);
    if (!line) return;
    line.dataset.state = fresh.state;
    line.dataset.newest = fresh.newest;
    const tag = line.querySelector("summary .tag");
    tag.className = `tag ${fresh.tone}`;
    tag.textContent = spoken(fresh.label);
    for (const form of line.querySelectorAll("form")) form.hidden = !fresh.open;
    line.querySelector(".site-notes").replaceChildren(...fresh.notes.map((note) => {
      const part = document.createElement("p");
      const by = note.person ? ` — ${note.person}, ${note.at}` : "";
      part.textContent = [spoken(note.result), note.remark, note.evidence, note.reason].filter(Boolean).join(" · ") + by;
      return part;
    }));
  }

  async function posted(address, body, headers) {
    const answer = await fetch(address, { method: "POST", body, headers: { "X-CSRFToken": token, ...headers } });
    const answered = await answer.json().catch(() => ({}));
    return { status: answer.status, answered };
  }

  // A picture as the server has it: stored under the digest that it had when it was taken.
  async function uploaded(photo) {
    if (await digest(photo.blob) !== photo.sha256) return { status: 422, answered: {}, problem: words.damaged };
    const form = new FormData();
    form.append("file", photo.blob, photo.name || "photo");
    const sent = await posted("/api/files", form, {});
    if (sent.status === 200 && sent.answered.sha256 !== photo.sha256) return { ...sent, status: 503 };
    return sent;
  }

  async function done(row) {
    for (const photo of row.photos) {
      const sent = await uploaded(photo);
      if (sent.status !== 200) return sent;
    }
    const digests = row.photos.map((photo) => photo.sha256);
    const data = row.field ? { ...row.data, [row.field]: row.many || row.field === "photos" ? digests : digests[0] } : row.data;
    const address = `/api/actions/${row.act}?subject=${row.subject}`;
    return posted(address, JSON.stringify(data), { "Content-Type": "application/json", "Idempotency-Key": row.key });
  }

  // What may be tried again by itself: the server was away, busy, or did not know who asked.
  const isPassing = (status) => status >= 500 || status === 401 || status === 429;

  async function sendAll() {
    if (await state() === null) return;
    for (const row of await waiting()) {
      if (row.case !== words.site || row.person !== words.person || row.problem) continue;
      let sent;
      try {
        sent = await done(row);
      } catch {
        break; // the network is gone: it stays in the queue
      }
      if (isPassing(sent.status)) break;
      if (sent.status === 200) {
        await stored("queue", "readwrite", (table) => table.delete(row.key));
      } else {
        const message = sent.answered.message ? `${spoken(sent.answered.message)} (${sent.answered.code})` : "";
        const problem = sent.problem || message || filled(words.refused, sent.status);
        await stored("queue", "readwrite", (table) => table.put({ ...row, problem }));
      }
      await draw();
    }
    await state();
  }

  // One tab sends at a time; the server would do each note once all the same.
  function send() {
    return navigator.locks.request(STORE, sendAll).finally(draw);
  }

  // --- forms -----------------------------------------------------------------------------------------------------------
  const fieldsOf = (form) => Object.fromEntries(
    [...new FormData(form)].filter(([name, value]) => typeof value === "string" && value && name !== "csrfmiddlewaretoken"),
  );
  const draftOf = (form) => `${words.person}:${form.dataset.act}:${form.dataset.subject}`;

  // What a person wrote himself, for the message of a refusal.
  const writtenIn = (form) => [...form.querySelectorAll("textarea, input:not([type])")]
    .map((field) => field.value).filter(Boolean);

  for (const form of root.querySelectorAll(".site-line form[data-act]")) {
    const line = form.closest(".site-line");
    const { seen, device_at: deviceAt } = form.elements;
    const camera = form.querySelector("input[type=file]");
    form.addEventListener("input", () => {
      // What its writer had before him when he began to write, whatever comes in meanwhile.
      if (seen && !seen.value) seen.value = line.dataset.newest;
      const draft = { form: draftOf(form), fields: fieldsOf(form) };
      stored("drafts", "readwrite", (table) => table.put(draft));
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const data = fieldsOf(form);
      if (seen) data.seen = Number(seen.value || line.dataset.newest);
      if (deviceAt) data.device_at = new Date().toISOString();
      const photos = camera ? await pictures([...camera.files]) : [];
      await queue({
        act: form.dataset.act, subject: form.dataset.subject, label: line.dataset.label, data, photos,
        field: camera ? camera.name : "", many: true, written: writtenIn(form),
      });
      await stored("drafts", "readwrite", (table) => table.delete(draftOf(form)));
      if (seen) seen.value = "";
      if (camera) camera.value = "";
      line.open = false;
    });
    stored("drafts", "readonly", (table) => table.get(draftOf(form))).then((draft) => {
      if (!draft) return;
      for (const [name, value] of Object.entries(draft.fields)) {
        const field = form.elements[name];
        if (field) field.value = value;
      }
      line.open = true;
    });
  }

  // --- a drawn signature: an image, and nothing more -----------------------------------------------------------------------
  const pad = root.querySelector(".site-signature");
  const canvas = pad.querySelector("canvas");
  const pen = canvas.getContext("2d");
  const LINE_WIDTH = 2.5;
  let drawn = false;
  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [(event.clientX - box.left) * (canvas.width / box.width), (event.clientY - box.top) * (canvas.height / box.height)];
  };
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  };
  clear();
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    pen.lineWidth = LINE_WIDTH;
    pen.lineCap = "round";
    pen.strokeStyle = "#000";
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...at(event));
    pen.stroke();
    drawn = true;
  });
  pad.querySelector("[data-clear]").addEventListener("click", clear);
  pad.addEventListener("submit", async (event) => {
    event.preventDefault();
    pad.querySelector("[data-blank]").hidden = drawn;
    if (!drawn) return;
    const blob = await new Promise((resolve) => { canvas.toBlob(resolve, "image/png"); });
    const { subject = pad.dataset.subject, ...data } = fieldsOf(pad); // several things may be signed for: one is chosen
    const image = { name: "signature.png", blob, sha256: await digest(blob) };
    await queue({
      act: pad.dataset.act, subject, label: data.name, data, photos: [image], field: "image", many: false, written: [],
    });
    pad.reset();
    clear();
  });

  // --- without a network --------------------------------------------------------------------------------------------------
  // The page and what it needs, as this inspector has it now; the worker answers with it where the server does not.
  async function keep() {
    if (!("serviceWorker" in navigator)) return;
    await navigator.serviceWorker.register(words.worker);
    await navigator.serviceWorker.ready;
    const cache = await caches.open(STORE);
    const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=icon], script[src]")];
    for (const address of [location.pathname, ...parts.map((part) => part.href || part.src)]) {
      const answer = await fetch(address);
      if (answer.ok && !answer.redirected) await cache.put(address, answer);
    }
    if (navigator.storage.persist) navigator.storage.persist(); // asks the browser not to clear the queue by itself
    tell("ready", true);
  }

  addEventListener("online", send);
  addEventListener("offline", () => { tell("offline", true); tell("online", false); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) send(); });
  bar.querySelector("[data-send]").addEventListener("click", send);
  setInterval(async () => { if ((await waiting()).some((row) => row.case === words.site && !row.problem)) send(); }, WAIT);
  draw().then(send);
  keep().catch(async () => { // no network just now, or a browser that keeps nothing: the page goes on
    const before = "caches" in window && await caches.match(location.pathname, { ignoreVary: true });
    tell(before ? "ready" : "unready", true);
  });
}
