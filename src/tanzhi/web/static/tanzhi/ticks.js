// A button that ticks every box of one name in its form, and unticks them again; without a script it is not there.
"use strict";
for (const button of document.querySelectorAll("button[data-ticks]")) {
  const boxes = [...button.form.querySelectorAll(`input[type=checkbox][name="${button.dataset.ticks}"]`)];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const tick = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = tick;
  });
}
