// A block copied out of a spreadsheet fills the cells of a sheet from the one it is pasted into, down and to the right.
// Rows are added where they run out; columns folded away and cells that nobody types into take no part.
"use strict";
{
  const shown = (field) => field.offsetParent !== null && field.type !== "hidden";
  const fieldsOf = (row) => [...row.querySelectorAll("td input, td select")].filter(shown);
  const blockOf = (text) => text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
  const wordsOf = (field) => field.getAttribute("aria-label").trim();

  const rename = (name, number) => name.replace(/^(.+?)-\d+-/, `$1-${number}-`);

  function rowAfter(row) {
    if (row.nextElementSibling) return row.nextElementSibling;
    const added = row.cloneNode(true);
    const number = row.parentElement.rows.length;
    for (const field of added.querySelectorAll("[name]")) {
      field.name = rename(field.name, number);
      if (field.type !== "hidden") field.value = "";
      field.removeAttribute("aria-invalid");
    }
    for (const cell of added.cells) cell.classList.remove("bad", "ask");
    row.after(added);
    return added;
  }

  function put(field, text) {
    const value = text.trim();
    if (field.tagName !== "SELECT") field.value = value;
    else {
      const same = (option) => [option.value, option.text].some((word) => word.trim().toLowerCase() === value.toLowerCase());
      const found = [...field.options].find(same);
      field.value = found ? found.value : "";
      const wrong = !found && value !== "";
      field.setAttribute("aria-invalid", String(wrong));
      field.closest("td").classList.toggle("bad", wrong);
    }
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function fill(field, block) {
    let row = field.closest("tr");
    const first = fieldsOf(row).indexOf(field);
    const body = block.length > 1 && block[0][0].trim() === wordsOf(field) ? block.slice(1) : block;
    body.forEach((values, number) => {
      if (number) row = rowAfter(row);
      const fields = fieldsOf(row).slice(first);
      values.slice(0, fields.length).forEach((value, at) => put(fields[at], value));
    });
  }

  document.addEventListener("paste", (event) => {
    const field = event.target.closest("table.sheet td input, table.sheet td select");
    const text = event.clipboardData.getData("text/plain");
    if (!field || !/[\t\n]/.test(text.replace(/\r?\n$/, ""))) return;
    event.preventDefault();
    fill(field, blockOf(text));
  });
}
