/* button[data-copy="id"] copies the text of that element. */
import { say } from "./texts.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = document.getElementById(button.dataset.copy)?.textContent.trim() ?? "";
  await navigator.clipboard.writeText(text);
  const before = button.textContent;
  button.textContent = say("copy.done");
  setTimeout(() => (button.textContent = before), 2000);
});
