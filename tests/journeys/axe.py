"""What axe-core finds on a page, and whether the page fits its window."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import BrowserContext, Page

SCRIPT = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
SIZES = ({"width": 1280, "height": 900}, {"width": 390, "height": 844})
RUN = "async () => (await axe.run()).violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target} ${n.html.slice(0, 120)}`))"
TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def bring_along(context: BrowserContext) -> None:
    """Have axe on every page of a window; the product's policy lets no page load it."""
    context.add_init_script(path=SCRIPT)


def findings(page: Page, what: str = "") -> list[str]:
    """Return what axe has to say at the desk and on a phone, and where a phone would have to scroll sideways."""
    found = []
    for size in SIZES:
        page.set_viewport_size(size)  # type: ignore[arg-type]
        place = f"{page.url.partition('//')[2].partition('/')[2]} {what} at {size['width']}"
        found += [f"/{place}: {one}" for one in page.evaluate(RUN)]
        if page.evaluate(TOO_WIDE) > 0:
            found.append(f"/{place}: scrolls sideways")
    page.set_viewport_size(SIZES[0])  # type: ignore[arg-type]
    return found
