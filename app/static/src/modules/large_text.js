/* Large text, remembered on this computer. */
const KEY = "peiyou:large-text";

function apply(on) {
  document.documentElement.classList.toggle("large", on);
  for (const button of document.querySelectorAll("[data-large-text]")) button.setAttribute("aria-pressed", String(on));
}

apply(localStorage.getItem(KEY) === "1");
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-large-text]")) return;
  const on = !document.documentElement.classList.contains("large");
  localStorage.setItem(KEY, on ? "1" : "0");
  apply(on);
});
