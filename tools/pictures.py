"""Take the README's pictures from a running demonstration: ``python -m tools.pictures [--port 8000]``."""

from __future__ import annotations

import argparse
import base64
import os
import struct
import zlib
from collections.abc import Callable

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from tools.machine import ROOT, say, stop
from tools.tests import browser

FOLDER = ROOT / "docs" / "pictures"
PASSWORD = "Peiyou-2026-demo"  # noqa: S105 - the demonstration's password is in the README
WIDE: ViewportSize = {"width": 1280, "height": 860}
PHONE: ViewportSize = {"width": 390, "height": 844}
ARGUMENTS = ["--no-sandbox", "--disable-gpu"]
LARGEST = 150_000  # bytes

# The 256 commonest colours are the palette; every other pixel takes the nearest of them.
TO_PALETTE = """async png => {
  const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
  const { width, height } = image;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);
  const count = new Map();
  const colour = at => (data[at] << 16) | (data[at + 1] << 8) | data[at + 2];
  for (let at = 0; at < data.length; at += 4) count.set(colour(at), (count.get(colour(at)) ?? 0) + 1);
  const palette = [...count].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([one]) => one);
  const places = new Map(palette.map((one, place) => [one, place]));
  const far = (a, b) => [16, 8, 0].reduce((sum, by) => sum + (((a >> by) & 255) - ((b >> by) & 255)) ** 2, 0);
  const nearest = one => palette.reduce((best, other, place) => far(one, other) < far(one, palette[best]) ? place : best, 0);
  const pixels = new Uint8Array(width * height);
  for (let at = 0; at < data.length; at += 4) {
    const one = colour(at);
    if (!places.has(one)) places.set(one, nearest(one));
    pixels[at / 4] = places.get(one);
  }
  const address = await new Promise(done => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(new Blob([pixels]));
  });
  return { width, height, palette, pixels: address.split(",")[1] };
}"""


def small(png: bytes, page: Page) -> bytes:
    """Return the picture with a palette of 256 colours; the browser does the counting."""
    found = page.evaluate(TO_PALETTE, base64.b64encode(png).decode())
    width, height, pixels = found["width"], found["height"], base64.b64decode(found["pixels"])
    rows = b"".join(b"\0" + pixels[at : at + width] for at in range(0, len(pixels), width))
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    colours = b"".join(one.to_bytes(3, "big") for one in found["palette"])
    parts = ((b"IHDR", header), (b"PLTE", colours), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, parts))


def _chunk(part: tuple[bytes, bytes]) -> bytes:
    name, data = part
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


class Photographer:
    """Logs in to the demonstration and takes pictures of it."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.browser = browser
        self.url = url
        self.darkroom = browser.new_page()  # a page of its own, without the product's policy

    def visit(self, username: str, size: ViewportSize) -> Page:
        """Return a window in which that person is logged in."""
        context = self.browser.new_context(viewport=size, locale="zh-CN", timezone_id="Asia/Shanghai")
        page = context.new_page()
        page.goto(f"{self.url}/login")
        page.locator("[name=username]").fill(username)
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main .btn-primary").click()
        page.locator("header details.account").wait_for()
        return page

    def takes(self, name: str, page: Page) -> None:
        """Keep what is in the window as ``docs/pictures/<name>.png``."""
        page.wait_for_load_state("networkidle")
        picture = small(page.screenshot(animations="disabled", caret="hide"), self.darkroom)
        if len(picture) > LARGEST:
            stop(f"图片 {name} 过大：{len(picture)}", f"The picture {name} is too large: {len(picture)}")
        (FOLDER / f"{name}.png").write_bytes(picture)
        say(f"{name}.png {len(picture) // 1000} kB")


def official(photographer: Photographer) -> None:
    """What an official works with: the list, a task, its case, its diagram, an explained date."""
    page = photographer.visit("chenhuimin", WIDE)
    page.goto(f"{photographer.url}/workbench?queue=group")
    photographer.takes("workbench", page)
    page = photographer.visit("heweijie", WIDE)
    row = page.locator("[data-inbox] tr[data-row]").filter(has_not_text="已暂停").first  # one that can be worked on
    row.locator("a[data-open]").first.click()
    photographer.takes("task", page)
    case = page.locator("main nav a[href^='/cases/']").first.get_attribute("href")
    page.goto(f"{photographer.url}{case}")
    photographer.takes("case", page)
    page.goto(f"{photographer.url}{case}/diagram")
    page.locator(".diagram svg .djs-shape").first.wait_for()
    photographer.takes("diagram", page)
    page.goto(f"{photographer.url}{case}?tab=clocks")
    page.locator("main a[href*='/clocks/']").first.click()
    photographer.takes("explain", page)


def panel(photographer: Photographer) -> None:
    """What a panel and a supervisor look at: the time line of an adjudication, the calendar, what is ahead."""
    page = photographer.visit("fengzhiyuan", WIDE)
    page.goto(f"{photographer.url}/in-hand")
    photographer.takes("desk", page)
    page.locator("main a.num[href^='/cases/']").first.click()
    case = page.url.removeprefix(photographer.url).partition("?")[0]
    page.goto(f"{photographer.url}{case}?tab=clocks")
    photographer.takes("trial", page)
    page.goto(f"{photographer.url}/hearings")
    photographer.takes("hearings", page)
    page = photographer.visit("pengshaohua", WIDE)
    page.goto(f"{photographer.url}/supervision/overview")
    page.locator("main svg").first.wait_for()
    photographer.takes("overview", page)


def party(photographer: Photographer) -> None:
    """What a company sees on a phone."""
    photographer.takes("my-matters", photographer.visit("wangchenguang", PHONE))


def main() -> None:
    """Take all pictures anew."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=8000)
    url = f"http://127.0.0.1:{asked.parse_args().port}"
    program = os.environ.get("PEIYOU_CHROMIUM") or browser()
    FOLDER.mkdir(parents=True, exist_ok=True)
    scenes: tuple[Callable[[Photographer], None], ...] = (official, panel, party)
    with sync_playwright() as playwright:
        words: dict[str, str | float | bool] = {
            **os.environ,
            "LANGUAGE": "zh_CN",
        }  # for dates and other controls of the browser itself
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS, env=words)
        photographer = Photographer(chromium, url)
        for scene in scenes:
            scene(photographer)
        chromium.close()


if __name__ == "__main__":
    main()
