// The keys of a spreadsheet in every grid of the pages, what is pasted into it, and how its rows are sent.
// A block copied out of a spreadsheet fills the cells from the one it is pasted into, down and to the right; rows are
// added where they run out; columns folded away and cells that nobody types into take no part. Enter and the arrows move
// and store nothing; Ctrl+Z takes back what was typed, pasted, added or taken away; leaving with unsaved changes is asked
// about. The rows are sent as one field, however many they are; without this script each cell is a field of its own.
"use strict";
{
  const SHEET = "table.sheet";
  const CELL = "table.sheet td input, table.sheet td select";
  const MOST_STEPS = 200;
  const sheetOf = (field) => field.closest(SHEET);
  const bodyOf = (sheet) => sheet.tBodies[0];
  const fieldIn = (cell) => cell.querySelector("input:not([type=hidden]), select");
  // Folded columns are known by their head, so that thousands of cells need not be measured one by one.
  const isShown = (cell) => !cell.classList.contains("rare")
    || (cell.closest("section.filed") || document).querySelector(".all input:checked") !== null;
  const fieldsOf = (row) => [...row.cells].filter(isShown).map(fieldIn).filter(Boolean);
  const blockOf = (text) => text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const filled = (words, number) => words.replace("{n}", number);

  // --- what can be taken back: each step is a list of values that fields had, and of rows that came or went ------------
  const done = [];
  const undone = [];
  let entered = null; // the field that has the focus, with its value when it got it

  function note(step) {
    if (!step.length) return;
    done.push(step);
    if (done.length > MOST_STEPS) done.shift();
    undone.length = 0;
    tell();
  }

  function settle() {
    if (entered && entered.field.value !== entered.before) note([{ field: entered.field, before: entered.before }]);
    if (entered) entered.before = entered.field.value;
  }

  // The other way of one change: a value that was before, a row that is there or is not.
  function turned(change) {
    if (change.field) {
      const now = change.field.value;
      setValue(change.field, change.before);
      return { field: change.field, before: now };
    }
    const { row, body, next } = change;
    if (row.isConnected) row.remove();
    else body.insertBefore(row, next);
    return change;
  }

  function revert(from, to) {
    settle();
    const step = from.pop();
    if (!step) return;
    to.push([...step].reverse().map(turned)); // last first, so that it is done again first first
    const sheets = new Set(step.map((change) => (change.field ? sheetOf(change.field) : change.body.closest("table"))));
    for (const sheet of sheets) if (sheet) changedIn(sheet);
    // Where it happened, or the sheet's last row if that row is gone now: the keys go on from there.
    const [first] = step;
    const place = first.row && !first.row.isConnected ? first.body.rows[first.body.rows.length - 1] : first.row;
    const near = first.field ? first.field : fieldsOf(place)[0];
    if (near) near.focus();
    if (entered) entered.before = entered.field.value;
  }

  // --- what is not saved yet ------------------------------------------------------------------------------------------
  let leaving = false;
  const typed = document.querySelector("form[data-typed] table.sheet") !== null; // refused, shown again, and stored nowhere
  const different = new Set(); // fields with another value than the page came with
  const gone = new Set(); // rows that the page came with and that were taken away
  const initial = (select) => ([...select.options].find((option) => option.defaultSelected) || select.options[0]).value;
  const begun = (field) => (field.tagName === "SELECT" ? initial(field) : field.defaultValue);

  function changed() {
    if (typed || [...gone].some((row) => !row.isConnected)) return true;
    for (const field of different) if (field.isConnected) return true;
    return false;
  }

  function compare(field) {
    if (field.value === begun(field)) different.delete(field);
    else different.add(field);
  }

  function tell() {
    for (const words of document.querySelectorAll("[data-unsaved]")) words.hidden = !changed();
  }

  // Once for all that happened in a sheet: its rows are counted anew, and whoever listens to the form hears of it.
  function changedIn(sheet) {
    number(sheet);
    tell();
    sheet.dispatchEvent(new Event("change", { bubbles: true }));
  }

  // --- rows -----------------------------------------------------------------------------------------------------------
  function number(sheet) {
    if (!("grows" in sheet.dataset)) return;
    [...bodyOf(sheet).rows].forEach((row, at) => {
      if (row.dataset.at === String(at)) return;
      row.dataset.at = at;
      const head = row.querySelector("th.row");
      if (head.firstChild.nodeType === Node.TEXT_NODE) head.firstChild.data = at + 1;
      const words = filled(sheet.dataset.row, at + 1);
      for (const cell of row.cells) {
        const field = fieldIn(cell);
        if (field) field.setAttribute("aria-label", `${cell.dataset.label}, ${words}`);
        for (const named of cell.querySelectorAll("[name]")) named.name = named.name.replace(/-\d+-([^-]*)$/, `-${at}-$1`);
      }
      const remove = head.querySelector("button");
      if (remove) {
        remove.setAttribute("aria-label", filled(sheet.dataset.remove, at + 1));
        remove.title = remove.getAttribute("aria-label");
      }
    });
  }

  // A row like the last one, blank.
  function blankRow(sheet) {
    const rows = bodyOf(sheet).rows;
    const added = rows[rows.length - 1].cloneNode(true);
    delete added.dataset.at;
    for (const said of added.querySelectorAll("td > .said")) said.closest("td").replaceChildren(inputFor(sheet, said));
    for (const field of added.querySelectorAll("[name]")) {
      for (const name of ["aria-invalid", "aria-describedby", "id", "title"]) field.removeAttribute(name);
      for (const option of field.querySelectorAll("option[data-typed]")) option.remove();
      for (const option of field.options || []) option.defaultSelected = false;
      if (field.tagName !== "SELECT") field.defaultValue = "";
      field.value = "";
    }
    for (const extra of added.querySelectorAll(".marks, td.out > *")) extra.remove();
    for (const cell of added.cells) {
      cell.classList.remove("bad", "ask", "carried");
      cell.removeAttribute("id");
      if (cell.classList.contains("out")) cell.textContent = "";
    }
    return added;
  }

  // Where the last row's key stands in words, a new row has it to type: the name is that of its hidden field.
  function inputFor(sheet, said) {
    const hidden = said.parentElement.querySelector("input[type=hidden]");
    const input = document.createElement("input");
    if (hidden) input.name = hidden.name;
    input.className = said.classList.contains("n") ? "" : "words";
    return input;
  }

  function addAfter(sheet, step) {
    const body = bodyOf(sheet);
    const row = blankRow(sheet);
    body.append(row);
    step.push({ row, body, next: null });
    return row;
  }

  function takeAway(row) {
    settle();
    const sheet = sheetOf(row);
    const body = bodyOf(sheet);
    const step = [];
    if (body.rows.length === 1) addAfter(sheet, step); // a sheet has a row to type into
    step.push({ row, body, next: row.nextElementSibling });
    const near = row.nextElementSibling || row.previousElementSibling;
    if (row.dataset.came) gone.add(row);
    row.remove();
    changedIn(sheet);
    note(step);
    const [first] = fieldsOf(near);
    if (first) first.focus();
  }

  // --- cells ----------------------------------------------------------------------------------------------------------
  // Words that are none of the options stand in the cell until somebody mends them; nothing that was pasted is lost.
  function setValue(field, value) {
    if (field.tagName === "SELECT") {
      const same = (option) => [option.value, option.text].some((word) => word.trim().toLowerCase() === value.toLowerCase());
      let match = [...field.options].find((option) => option.value === value) || [...field.options].find(same);
      if (!match) {
        match = new Option(value, value);
        match.dataset.typed = "";
        field.append(match);
      }
      field.value = match.value;
      const wrong = "typed" in match.dataset;
      if (wrong) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
      field.closest("td").classList.toggle("bad", wrong);
    } else field.value = value;
    compare(field);
  }

  function fill(field, block) {
    const step = [];
    const sheet = sheetOf(field);
    let row = field.closest("tr");
    const first = fieldsOf(row).indexOf(field);
    const isHead = block.length > 1 && block[0][0].trim() === field.closest("td").dataset.label;
    (isHead ? block.slice(1) : block).forEach((values, at) => {
      if (at) row = row && (row.nextElementSibling || ("grows" in sheet.dataset ? addAfter(sheet, step) : null));
      if (!row) return;
      const fields = fieldsOf(row).slice(first);
      values.slice(0, fields.length).forEach((value, column) => {
        step.push({ field: fields[column], before: fields[column].value });
        setValue(fields[column], value.trim());
      });
    });
    if (entered) entered.before = entered.field.value;
    changedIn(sheet);
    note(step);
  }

  // --- moving ---------------------------------------------------------------------------------------------------------
  function move(field, down, right) {
    const row = field.closest("tr");
    const column = field.closest("td").cellIndex;
    let next = null;
    if (right) next = fieldsOf(row)[fieldsOf(row).indexOf(field) + right];
    for (let other = row; down && !next;) {
      other = down > 0 ? other.nextElementSibling : other.previousElementSibling;
      if (!other) return false;
      next = fieldsOf(other).find((candidate) => candidate.closest("td").cellIndex === column);
    }
    if (!next) return false;
    next.focus();
    if (next.select) next.select();
    return true;
  }

  // Inside a text that somebody edits the arrows are the text's; at its ends, or with all of it marked, they leave it.
  function atEdge(field, right) {
    if (field.tagName === "SELECT") return true;
    const { selectionStart: start, selectionEnd: end, value } = field;
    if (start === 0 && end === value.length) return true;
    return start === end && start === (right > 0 ? value.length : 0);
  }

  document.addEventListener("keydown", (event) => {
    const field = event.target.closest(CELL);
    const isUndo = (event.ctrlKey || event.metaKey) && /^[zy]$/i.test(event.key);
    if (!field && !(isUndo && event.target.closest(`${SHEET}, .grow`))) return;
    if (event.isComposing || event.altKey) return;
    const key = event.key.toLowerCase();
    if (event.ctrlKey || event.metaKey) {
      const back = key === "z" && !event.shiftKey;
      const again = key === "y" || (key === "z" && event.shiftKey);
      if (!back && !again) return;
      event.preventDefault();
      revert(...(back ? [done, undone] : [undone, done]));
      return;
    }
    const steps = { enter: [event.shiftKey ? -1 : 1, 0], arrowdown: [1, 0], arrowup: [-1, 0], arrowright: [0, 1], arrowleft: [0, -1] };
    if (!(key in steps)) return;
    const [down, right] = steps[key];
    if (key === "enter") event.preventDefault(); // a cell that is half typed is no version
    else if (event.shiftKey || (field.tagName === "SELECT" && down) || (right && !atEdge(field, right))) return;
    settle();
    if (move(field, down, right)) event.preventDefault();
  });

  document.addEventListener("focusin", (event) => {
    const field = event.target.closest(CELL);
    entered = field ? { field, before: field.value } : null;
  });
  document.addEventListener("focusout", settle);
  for (const kind of ["input", "change"]) {
    document.addEventListener(kind, (event) => {
      if (!event.target.matches(CELL)) return;
      const field = event.target;
      if (field.tagName === "SELECT") setValue(field, field.value);
      else compare(field);
      tell();
    });
  }

  document.addEventListener("paste", (event) => {
    const field = event.target.closest(CELL);
    const text = event.clipboardData.getData("text/plain");
    if (!field || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    settle();
    fill(field, blockOf(text));
  });

  document.addEventListener("click", (event) => {
    const remove = event.target.closest("th.row button");
    if (remove) takeAway(remove.closest("tr"));
    const grow = event.target.closest("[data-grow]");
    if (!grow) return;
    settle();
    const sheet = grow.closest("section, .field").querySelector(SHEET);
    const step = [];
    const row = addAfter(sheet, step);
    changedIn(sheet);
    note(step);
    const [first] = fieldsOf(row);
    if (first) first.focus();
  });

  // --- what is sent ---------------------------------------------------------------------------------------------------
  function packed(sheet) {
    const columns = [...sheet.tHead.querySelectorAll("[data-column]")].map((head) => head.dataset.column);
    const last = (field) => field.name.slice(field.name.lastIndexOf("-") + 1);
    const rows = [...bodyOf(sheet).rows].map((row) => {
      const values = Object.fromEntries([...row.querySelectorAll("[name]")].map((field) => [last(field), field.value]));
      return columns.map((column) => values[column] || "");
    });
    return JSON.stringify({ columns, rows });
  }

  document.addEventListener("formdata", (event) => {
    for (const sheet of event.target.querySelectorAll(`${SHEET}[data-row]`)) {
      const name = sheet.dataset.name;
      for (const field of sheet.querySelectorAll("[name]")) event.formData.delete(field.name);
      event.formData.set(`${name}-rows`, packed(sheet));
    }
  });

  document.addEventListener("submit", (event) => {
    leaving = event.target.querySelector(SHEET) !== null;
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !changed()) return;
    event.preventDefault();
  });

  // --- sheets that the page came with ---------------------------------------------------------------------------------
  for (const sheet of document.querySelectorAll(`${SHEET}[data-grows]`)) {
    for (const row of bodyOf(sheet).rows) {
      row.dataset.came = "1";
      const remove = document.createElement("button");
      remove.type = "button";
      remove.textContent = "×";
      row.querySelector("th.row").append(remove);
    }
    number(sheet);
  }
  for (const grow of document.querySelectorAll(".grow")) grow.hidden = false;
  tell();
}
