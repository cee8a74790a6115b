/* input[type=file][data-upload-url]: each file goes up at once, with its progress, and is listed with a button to take
   it off; the form then carries its id. Without scripts the files travel with the form. */
import { changed, onArrival } from "./arrivals.js";
import { headers } from "./requests.js";
import { say } from "./texts.js";

const REFUSED = new Set([413, 415, 422]); // trying once more gives the same answer
const under = new WeakMap(); // form -> how many files are on their way

function make(tag, properties, ...children) {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
}

/** Put a file that the server keeps into the list and into the form. */
export function addKept(list, { id, name, size }, item = list.appendChild(make("li"))) {
  item.dataset.kept = "";
  delete item.dataset.failed;
  item.className = "";
  const hidden = make("input", { type: "hidden", name: list.dataset.files, value: id });
  Object.assign(hidden.dataset, { fileName: name, fileSize: size });
  item.replaceChildren(hidden, make("span", { textContent: name }), make("span", { className: "quiet num", textContent: sized(size) }), removeButton(item, name));
  return item;
}

function sized(size) {
  if (!Number(size)) return "";
  return size < 1048576 ? `${Math.max(1, Math.round(size / 1024))} KB` : `${(size / 1048576).toFixed(1)} MB`;
}

function removeButton(item, name) {
  const button = make("button", { type: "button", className: "btn-bare", textContent: say("file.remove") });
  button.setAttribute("aria-label", say("file.removelong", { name }));
  button.addEventListener("click", () => {
    const list = item.parentElement;
    const input = document.querySelector(`input[data-list="${list.id}"]`);
    item.remove();
    changed(list);
    input?.focus();
  });
  return button;
}

function reason(request, input) {
  if (request.status === 413) return say("file.large", { limit: sized(input.dataset.limit) });
  if (request.status === 415) return say("file.kind");
  if (request.status === 401) return say("file.signedout");
  return say("file.refused", { status: request.status });
}

function answerOf(request) {
  try {
    return JSON.parse(request.responseText);
  } catch {
    return {};
  }
}

function send(input, file, list, item = list.appendChild(make("li"))) {
  const state = make("span", { textContent: say("file.progress", { name: file.name, percent: "0%" }) });
  const bar = make("progress", { max: 100, value: 0 });
  bar.setAttribute("aria-label", file.name);
  item.className = "";
  delete item.dataset.failed;
  item.replaceChildren(state, bar);
  const request = new XMLHttpRequest();
  const failed = (words, again = () => send(input, file, list, item)) => refuse(file, item, words, again);
  if (file.size > Number(input.dataset.limit)) return failed(say("file.large", { limit: sized(input.dataset.limit) }), null);
  request.open("POST", input.dataset.uploadUrl);
  for (const [name, value] of Object.entries(headers())) request.setRequestHeader(name, value);
  request.upload.addEventListener("progress", (event) => {
    if (!event.lengthComputable) return;
    bar.value = Math.round((event.loaded / event.total) * 100);
    state.textContent = say("file.progress", { name: file.name, percent: `${bar.value}%` });
  });
  request.addEventListener("load", () => {
    const answer = answerOf(request);
    if (REFUSED.has(request.status)) return failed(answer.error ?? reason(request, input), null);
    if (request.status >= 300 || !answer.id) return failed(answer.error ?? reason(request, input));
    addKept(list, { name: file.name, size: file.size, ...answer }, item);
    changed(list);
  });
  request.addEventListener("error", () => failed(say("file.network")));
  request.addEventListener("loadend", () => count(input.form, -1));
  count(input.form, 1);
  const body = new FormData();
  body.append("file", file);
  request.send(body);
}

function refuse(file, item, words, again) {
  item.dataset.failed = "";
  item.tabIndex = -1;
  const said = make("span", { className: "failed", textContent: say("file.failed", { name: file.name, reason: words }) });
  said.setAttribute("role", "alert");
  item.replaceChildren(said, ...(again ? [retryButton(again)] : []), removeButton(item, file.name));
}

function retryButton(again) {
  const button = make("button", { type: "button", className: "btn btn-sm", textContent: say("file.retry") });
  button.addEventListener("click", again);
  return button;
}

function count(form, by) {
  under.set(form, (under.get(form) ?? 0) + by);
}

document.addEventListener("change", (event) => {
  const input = event.target;
  if (input.matches("input[type=file]:not([data-upload-url])")) {
    const chosen = input.parentElement.querySelector("[data-chosen]");
    if (chosen) chosen.textContent = [...input.files].map((file) => file.name).join("、");
  }
  if (!input.matches("input[type=file][data-upload-url]")) return;
  const list = document.getElementById(input.dataset.list);
  const files = [...input.files];
  input.value = "";
  for (const file of files) send(input, file, list);
});

document.addEventListener("submit", (event) => {
  const failed = event.target.querySelector("[data-failed]");
  if (!under.get(event.target) && !failed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  window.alert(under.get(event.target) ? say("file.wait") : say("file.unsent"));
  failed?.focus();
}, true);

onArrival((part) => {
  for (const box of part.querySelectorAll("[data-kept] input[type=checkbox]")) {
    const list = box.closest("[data-files]");
    const item = box.closest("li");
    const link = item.querySelector("a");
    const hidden = make("input", { type: "hidden", name: box.name, value: box.value });
    const label = item.querySelector(".form-check-label");
    const name = (link ?? label.firstChild).textContent.trim();
    Object.assign(hidden.dataset, { fileName: name });
    item.replaceChildren(hidden, ...label.childNodes, removeButton(item, name));
    list.append(item);
  }
});
