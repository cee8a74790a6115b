/* form[data-draft-url]: what is typed is sent there after a pause (POST of the form without its files' contents) and
   the page says when it was kept. Without connection a copy stays on this computer, goes up later, or is offered. */
import { changed } from "./arrivals.js";
import { contents, copyOf, forget, keep, tidy } from "./local_copy.js";
import { headers } from "./requests.js";
import { setRows } from "./rows.js";
import { clockTime, say } from "./texts.js";
import { addKept } from "./uploads.js";

const PAUSE = 1200;
const AGAIN = 20000;
const KEEPALIVE_LIMIT = 60000; // browsers refuse larger bodies from a page that is going away

class Draft {
  #timer = 0;
  #version = 0;
  #kept = 0;
  #leaving = false;

  constructor(form) {
    this.form = form;
    this.state = form.querySelector("[data-draft-state]") ?? form.appendChild(document.createElement("p"));
    form.addEventListener("input", () => this.#touched());
    form.addEventListener("change", () => this.#touched());
    document.addEventListener("submit", (event) => event.target === form && this.#submitted(event));
    window.addEventListener("online", () => this.unsaved && this.save());
    window.addEventListener("pageshow", () => (this.#leaving = false));
    window.addEventListener("beforeunload", (event) => this.unsaved && !this.#leaving && event.preventDefault());
    document.addEventListener("visibilitychange", () => this.#hidden());
  }

  get unsaved() {
    return this.#kept !== this.#version;
  }

  #touched() {
    this.#version += 1;
    this.#later(PAUSE);
  }

  #later(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.save(), delay);
  }

  #hidden() {
    if (document.visibilityState !== "hidden" || !this.unsaved || this.#leaving) return;
    keep(this.form);
    this.save();
  }

  #submitted(event) {
    if (event.defaultPrevented || event.submitter?.formTarget) return; // refused, or answered in another window
    this.#leaving = true;
    clearTimeout(this.#timer);
    keep(this.form, true);
  }

  async save() {
    clearTimeout(this.#timer);
    if (this.#leaving) return;
    const sent = this.#version;
    this.#say("draft.saving");
    const body = new FormData(this.form);
    for (const name of new Set(body.keys())) {
      if (body.getAll(name).some((value) => value instanceof File)) dropFiles(body, name);
    }
    for (const secret of this.form.querySelectorAll("input[type=password], [data-no-draft]")) body.delete(secret.name);
    let answer;
    try {
      answer = await fetch(this.form.dataset.draftUrl, {
        method: "POST", headers: headers(), body, keepalive: JSON.stringify(contents(this.form)).length < KEEPALIVE_LIMIT,
      });
    } catch {
      return this.#failed(true);
    }
    const said = await answer.json().catch(() => ({}));
    if (answer.status === 401) return this.#failed(false, say("draft.signedout"));
    if (!answer.ok || answer.redirected) return this.#failed(answer.status >= 500, said.error);
    this.#kept = sent;
    if (!this.unsaved) forget(this.form);
    this.#say("draft.saved", { time: said.saved_at ?? clockTime(new Date()) });
  }

  #failed(again, reason) {
    keep(this.form);
    if (reason) this.#say("draft.refused", { reason });
    else this.#say("draft.failed");
    this.state.classList.add("late");
    if (again) this.#later(AGAIN);
  }

  #say(key, values) {
    this.state.classList.remove("late");
    this.state.textContent = say(key, values);
  }

  /** Offer the copy that this computer kept, where it says something other than the page. */
  offer() {
    const copy = copyOf(this.form);
    if (!copy) return;
    if ("answered" in this.form.dataset) return forget(this.form); // the page already holds all that was sent
    const { pairs, files } = contents(this.form);
    if (same(copy, { pairs, files })) return forget(this.form);
    const bar = document.createElement("div");
    bar.className = "draft-found";
    bar.setAttribute("role", "status");
    bar.append(say("draft.found", { time: clockTime(new Date(copy.at)) }), this.#button("draft.restore", "btn btn-sm btn-primary", () => {
      fill(this.form, copy);
      changed(this.form);
      bar.remove();
    }), this.#button("draft.discard", "btn btn-sm", () => {
      forget(this.form);
      bar.remove();
    }));
    this.form.prepend(bar);
  }

  #button(key, className, act) {
    const button = Object.assign(document.createElement("button"), { type: "button", className, textContent: say(key) });
    button.addEventListener("click", act);
    return button;
  }
}

// line ends and blanks around a text are not a difference, nor is a control that says nothing
const essence = ({ pairs, files }) =>
  JSON.stringify([pairs.map(([name, value]) => [name, value.replace(/\r\n?/g, "\n").trim()]).filter(([, value]) => value), ids(files)]);
const same = (one, other) => essence(one) === essence(other);
const ids = (files) => files.map((file) => file.id);

function dropFiles(body, name) {
  const words = body.getAll(name).filter((value) => typeof value === "string");
  body.delete(name);
  for (const word of words) body.append(name, word);
}

function fill(form, { pairs, files }) {
  for (const rows of form.querySelectorAll("[data-rows]")) {
    const numbers = pairs.map(([name]) => Number(name.match(new RegExp(`^${rows.dataset.rows}-(\\d+)`))?.[1] ?? -1));
    const wanted = Math.max(...numbers, -1) + 1;
    if (wanted) setRows(rows, wanted);
  }
  const values = new Map();
  for (const [name, value] of pairs) values.set(name, [...(values.get(name) ?? []), value]);
  for (const control of form.elements) {
    const given = values.get(control.name) ?? [];
    if (["hidden", "password", "file", "submit"].includes(control.type) || !control.name) continue;
    if (control.type === "checkbox" || control.type === "radio") control.checked = given.includes(control.value);
    else if (control.type === "select-multiple") for (const one of control.options) one.selected = given.includes(one.value);
    else if (given.length) control.value = given.shift();
  }
  const kept = new Set(files.map((file) => file.id));
  for (const one of form.querySelectorAll("input[data-file-name]")) if (!kept.has(one.value)) one.closest("li").remove();
  for (const { field, ...file } of files) {
    const list = form.querySelector(`[data-files="${CSS.escape(field)}"]`);
    if (list && !list.querySelector(`input[value="${CSS.escape(file.id)}"]`)) addKept(list, file);
  }
}

const forms = [...document.querySelectorAll("form[data-draft-url]")];
tidy(forms);
for (const form of forms) new Draft(form).offer();
