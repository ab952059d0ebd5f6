/** Letters that press a control of this page: <a data-letter="n">, <button data-letter="a">. */

const SWITCH = "desk-keys";

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches(
        "textarea, select, input:not([type=checkbox], [type=radio], [type=submit])",
      ))
  );
}

export function letters(): void {
  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.repeat || typing(event.target)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    if (localStorage.getItem(SWITCH) === "off") return;
    if (document.querySelector("dialog[open]")) return;
    if (!/^[a-z]$/.test(event.key)) return;
    const control = document.querySelector<HTMLElement>(`[data-letter="${event.key}"]`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });
}
