/* Dialogs and panels: button[data-dialog="id"] opens; Escape, [data-close] and a click elsewhere close a panel. */
const PANELS = "details[data-confirm], details.drop";

function close(panel) {
  const hadFocus = panel.contains(document.activeElement);
  panel.open = false;
  if (hadFocus) panel.querySelector("summary").focus();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-dialog]");
  if (opener) document.getElementById(opener.dataset.dialog)?.showModal();
  for (const panel of document.querySelectorAll(PANELS)) {
    const inside = panel.contains(event.target);
    if (panel.open && (!inside || event.target.closest("[data-close]"))) close(panel);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const panel = event.target.closest?.(PANELS) ?? document.querySelector("details.drop[open]");
  if (panel?.open) close(panel);
});
