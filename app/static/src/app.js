/* What every page loads. Pages work without it; each module adds one thing where its data attribute stands. */
import "./app.css";
import "htmx.org";
import "./modules/requests.js";
import "./modules/large_text.js";
import "./modules/copying.js";
import "./modules/printing.js";
import "./modules/dialogs.js";
import "./modules/rows.js";
import "./modules/conditional.js";
import "./modules/uploads.js";
import "./modules/once.js";
import "./modules/drafts.js";
import "./modules/selection.js";
import "./modules/keys.js";
import "./modules/focus.js";
import "./modules/tabs.js";
import "./modules/form_parts.js";

document.documentElement.classList.add("js");
