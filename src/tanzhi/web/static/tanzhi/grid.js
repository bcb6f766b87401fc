// The keys of a spreadsheet in a sheet of a form, and what is pasted into it.
// A block copied out of a spreadsheet fills the cells from the one it is pasted into, down and to the right; rows are
// added where they run out; columns folded away and cells that nobody types into take no part. Enter and the arrows move
// and store nothing; Ctrl+Z takes back what was typed or pasted; leaving with unsaved changes is asked about.
"use strict";
{
  const CELL = "table.sheet td input, table.sheet td select";
  const MOST_STEPS = 200;
  const shown = (field) => field.offsetParent !== null && field.type !== "hidden";
  const fieldsOf = (row) => [...row.querySelectorAll("td input, td select")].filter(shown);
  const blockOf = (text) => text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const wordsOf = (field) => field.getAttribute("aria-label").trim();
  const rename = (name, number) => name.replace(/^(.+?)-\d+-/, `$1-${number}-`);

  // --- what can be taken back: each step is a list of fields with the values they had -------------------------------
  const done = [];
  const undone = [];
  let entered = null; // the field that has the focus, with its value when it got it

  function note(step) {
    done.push(step);
    if (done.length > MOST_STEPS) done.shift();
    undone.length = 0;
    tell();
  }

  function settle() {
    if (entered && entered.field.value !== entered.before) note([{ field: entered.field, before: entered.before }]);
    if (entered) entered.before = entered.field.value;
  }

  function revert(from, to) {
    settle();
    const step = from.pop();
    if (!step) return;
    to.push(step.map(({ field }) => ({ field, before: field.value })));
    for (const { field, before } of step) {
      field.value = before;
      field.dispatchEvent(new Event("change", { bubbles: true }));
    }
    step[0].field.focus();
    if (entered) entered.before = entered.field.value;
    tell();
  }

  // --- what is not saved yet ------------------------------------------------------------------------------------------
  let leaving = false;
  const typed = document.querySelector("[data-typed]") !== null; // refused, shown again, and stored nowhere
  const changed = () => typed || [...document.querySelectorAll(CELL)].some((field) =>
    field.tagName === "SELECT"
      ? [...field.options].some((option) => option.selected !== option.defaultSelected) && field.value !== initial(field)
      : field.value !== field.defaultValue);
  const initial = (select) => ([...select.options].find((option) => option.defaultSelected) || select.options[0]).value;

  function tell() {
    for (const words of document.querySelectorAll("[data-unsaved]")) words.hidden = !changed();
  }

  // --- cells ----------------------------------------------------------------------------------------------------------
  function rowAfter(row) {
    if (row.nextElementSibling) return row.nextElementSibling;
    const added = row.cloneNode(true);
    const number = row.parentElement.rows.length;
    for (const field of added.querySelectorAll("[name]")) {
      field.name = rename(field.name, number);
      field.removeAttribute("aria-invalid");
      field.removeAttribute("aria-describedby");
      if (field.type === "hidden") continue;
      field.defaultValue = "";
      field.value = "";
    }
    for (const marks of added.querySelectorAll(".marks")) marks.remove();
    for (const cell of added.cells) {
      cell.classList.remove("bad", "ask", "carried");
      cell.removeAttribute("id");
    }
    row.after(added);
    return added;
  }

  function put(field, text) {
    const value = text.trim();
    if (field.tagName !== "SELECT") field.value = value;
    else {
      const same = (option) => [option.value, option.text].some((word) => word.trim().toLowerCase() === value.toLowerCase());
      const match = [...field.options].find(same);
      field.value = match ? match.value : "";
      const wrong = !match && value !== "";
      field.setAttribute("aria-invalid", String(wrong));
      field.closest("td").classList.toggle("bad", wrong);
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function fill(field, block) {
    const step = [];
    let row = field.closest("tr");
    const first = fieldsOf(row).indexOf(field);
    const body = block.length > 1 && block[0][0].trim() === wordsOf(field) ? block.slice(1) : block;
    body.forEach((values, number) => {
      if (number) row = rowAfter(row);
      const fields = fieldsOf(row).slice(first);
      values.slice(0, fields.length).forEach((value, at) => {
        step.push({ field: fields[at], before: fields[at].value });
        put(fields[at], value);
      });
    });
    if (entered) entered.before = entered.field.value;
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
    if (!field || event.isComposing || event.altKey) return;
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
  document.addEventListener("input", (event) => event.target.closest(CELL) && tell());
  document.addEventListener("change", (event) => event.target.closest(CELL) && tell());

  document.addEventListener("paste", (event) => {
    const field = event.target.closest(CELL);
    const text = event.clipboardData.getData("text/plain");
    if (!field || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    settle();
    fill(field, blockOf(text));
  });

  tell();
  document.addEventListener("submit", (event) => {
    leaving = event.target.querySelector("table.sheet") !== null;
  });
  window.addEventListener("beforeunload", (event) => {
    if (leaving || !changed()) return;
    event.preventDefault();
  });
}
