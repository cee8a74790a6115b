/* The words for the reader, kept in the page's template so that they come in the page's language. */
const template = document.getElementById("browser-texts");
const texts = new Map(
  [...(template ? template.content.querySelectorAll("data") : [])].map((one) => [one.value, one.textContent]),
);

/** Return the sentence for a key, its {places} filled. */
export function say(key, values = {}) {
  return (texts.get(key) ?? key).replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** Return an instant as 11月20日 16:42 or 20 Nov, 16:42; only the time when it is today. */
export function clockTime(instant) {
  const today = new Date().toDateString() === instant.toDateString();
  const day = today ? {} : { month: "short", day: "numeric" };
  return instant.toLocaleString(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit", hour12: false });
}
