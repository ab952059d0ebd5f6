/** On every page; small, and nothing on the page depends on it. */

import {
  autosave,
  countCharacters,
  focusErrors,
  sendOnce,
  warnUnsaved,
} from "../parts/forms";
import { maps } from "../parts/maps";
import { photos } from "../parts/photos";

document.documentElement.dataset.scripted = "";
photos();
autosave();
countCharacters();
warnUnsaved();
sendOnce();
focusErrors();
maps();

// A menu that was opened closes when one goes on elsewhere.
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(
    "details[data-menu][open]",
  ))
    if (!(event.target instanceof Node && menu.contains(event.target)))
      menu.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll<HTMLDetailsElement>(
    "details[data-menu][open]",
  )) {
    menu.open = false;
    menu.querySelector<HTMLElement>("summary")?.focus();
  }
});
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? "");
    button.textContent = button.dataset.copied ?? button.textContent;
  });
}
