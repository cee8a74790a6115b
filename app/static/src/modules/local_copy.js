/* What a person typed, kept on this computer until the server has it. One copy a form and person, for a week. */
const WEEK = 7 * 24 * 3600 * 1000;
const START = "peiyou:draft:";

const keyOf = (form) => `${START}${document.body.dataset.person ?? ""}:${form.dataset.draftUrl}`;

/** Return what the form holds: pairs of name and value, and the files that the server already keeps. */
export function contents(form) {
  const secret = new Set([...form.querySelectorAll("input[type=password], [data-no-draft]")].map((one) => one.name));
  const files = [...form.querySelectorAll("input[data-file-name]")].map((one) => ({
    field: one.name, id: one.value, name: one.dataset.fileName, size: one.dataset.fileSize,
  }));
  const ids = new Set(files.map((file) => `${file.field}=${file.id}`));
  const pairs = [...new FormData(form)].filter(
    ([name, value]) => typeof value === "string" && name !== "csrf_token" && !secret.has(name) && !ids.has(`${name}=${value}`),
  );
  return { pairs, files };
}

/** Keep a copy; `submitted` says that it left with a submission whose answer is not known yet. */
export function keep(form, submitted = false) {
  try {
    localStorage.setItem(keyOf(form), JSON.stringify({ ...contents(form), at: Date.now(), submitted }));
  } catch {
    /* a full or forbidden store: the page itself still holds everything */
  }
}

export function forget(form) {
  localStorage.removeItem(keyOf(form));
}

/** Return the copy of this form, or null. */
export function copyOf(form) {
  return read(keyOf(form));
}

/** Forget copies that are too old, and submitted ones whose form is not on this page: their answer has come.
    Where nobody is signed in it has not: whoever was signed out comes back to the form with what was typed. */
export function tidy(forms) {
  const here = new Set(forms.map(keyOf));
  for (const key of Object.keys(localStorage).filter((one) => one.startsWith(START))) {
    const copy = read(key);
    if (!copy || Date.now() - copy.at > WEEK || (copy.submitted && document.body.dataset.person && !here.has(key))) localStorage.removeItem(key);
  }
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}
