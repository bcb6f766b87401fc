// The key / leads to the search field of the page's head, unless somebody is writing.
"use strict";
addEventListener("keydown", (event) => {
  const writing = event.target.closest("input, textarea, select, [contenteditable]");
  const slash = event.key === "/" || (event.code === "Slash" && !event.shiftKey); // a Chinese input method gives 、
  if (!slash || writing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.getElementById("find");
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
