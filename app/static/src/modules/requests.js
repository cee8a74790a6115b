/* Requests that scripts make carry the page's CSRF token. */

/** Return the headers of a request to our own server that expects JSON. */
export function headers() {
  return { "X-CSRFToken": token(), Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
}

function token() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

document.addEventListener("htmx:config:request", (event) => {
  event.detail.ctx.request.headers["X-CSRFToken"] = token();
});
