/**
 * The whole site in Chromium, opened as files: takes five minutes.
 * SER_SITE_TESTS=1 deno test -A --no-check tests/site/browser_test.ts
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { assets } from "ser/site/assets.ts";
import { writeSite } from "ser/web/write.ts";
import { figuresNotDrawn, findChromium, OpenSite, type View } from "./browser.ts";
import { hostileSite } from "./hostile.ts";
import { hardToRead, overflow, violations } from "./page_checks.ts";

const found = await findChromium();
const VIEWS: View[] = [360, 1350, 1600].flatMap((width) =>
  (["light", "dark"] as const).map((theme) => ({ width, theme }))
).filter(({ width, theme }) => width !== 1350 || theme === "light");

/** A test of the site as a whole, or why it is skipped. */
function siteTest(name: string, run: (site: OpenSite) => Promise<void>): void {
  Deno.test({
    name: "missing" in found ? `${name}: skipped, ${found.missing}` : name,
    ignore: "missing" in found,
    sanitizeOps: false, // the browser's pipes
    sanitizeResources: false,
    fn: async () => {
      await using site = await OpenSite.open((found as { chromium: string }).chromium);
      await run(site);
    },
  });
}

for (const view of VIEWS) {
  const name = `site, ${view.width} px, ${view.theme}`;
  siteTest(`${name}: quiet, drawn, readable, accessible, no wider than the page`, async (site) => {
    const problems: string[] = [];
    for (const path of site.pages) {
      const page = await site.visit(path, view);
      const notDrawn = await figuresNotDrawn(page);
      if (notDrawn.length) problems.push(`${path}: not drawn: ${notDrawn.join(", ")}`);
      const wider = await page.evaluate(overflow);
      if (wider) problems.push(`${path}: ${wider} px wider than the window`);
      const hard = await page.evaluate(hardToRead, view.width >= 1350);
      problems.push(...hard.map((what) => `${path}: ${what}`));
      problems.push(...(await violations(page)).map((violation) => `${path}: ${violation}`));
      await page.context().close();
    }
    deepStrictEqual([...problems, ...site.troubles], []);
  });
}

siteTest(
  "site: the key / opens the search, and Luong leads to a section that names him",
  async (site) => {
    const page = await site.visit("03_lstm.html", { width: 1280, theme: "light" });
    await page.keyboard.press("/");
    await page.keyboard.type("Luong");
    await page.locator("#search ol a").first().waitFor();
    const places = await page.locator("#search ol a").evaluateAll((links) =>
      links.map((link) => (link as HTMLAnchorElement).href.replace(/.*\//, ""))
    );
    ok(places.some((place) => place.startsWith("06_cnn_attention.html")), places.join());
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.href.endsWith(places[0]));
    match(await page.locator("main").innerText(), /Luong/);
    deepStrictEqual(site.troubles, []);
  },
);

siteTest(
  "site: the Tab key reaches every link and button, each visibly, the skip link first",
  async (site) => {
    const page = await site.visit("06_cnn_attention.html", { width: 1280, theme: "light" });
    await page.waitForTimeout(500); // what scrolls sideways is found out after 200 ms
    const stops = await page.evaluate(() => {
      const all = [
        ...document.querySelectorAll<HTMLElement>(
          "a[href], button, audio, summary, [tabindex='0']",
        ),
      ];
      const shown = all.filter((element) =>
        element.checkVisibility() && !element.closest("dialog")
      );
      shown.forEach((element, index) => element.dataset.stop = String(index));
      return shown.length;
    });
    const reached = new Set<string>();
    for (let press = 0; press < stops + 5; press++) {
      await page.keyboard.press("Tab");
      const { stop, outline, text } = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return {
          stop: element.dataset.stop,
          outline: `${outlineStyle} ${outlineWidth}`,
          text: element.textContent,
        };
      });
      if (press === 0) strictEqual(text, "Skip to the text");
      if (stop === undefined) continue;
      match(outline, /^(solid|auto) [1-9]/, text ?? "");
      reached.add(stop);
    }
    strictEqual(reached.size, stops);
  },
);

siteTest(
  "site: the switch makes a light page dark, figures included, and the choice stays",
  async (site) => {
    const page = await site.visit("05_cnn.html", { width: 1280, theme: "light" });
    deepStrictEqual(await figuresNotDrawn(page), []);
    const colours = () =>
      page.evaluate(() => [
        getComputedStyle(document.documentElement).backgroundColor,
        getComputedStyle(document.querySelector(".live .gtitle")!).fill,
      ]);
    const [, before] = await colours();
    await page.locator("#theme").click();
    await page.waitForTimeout(3000); // all figures are drawn again
    const [background, after] = await colours();
    strictEqual(background, "rgb(20, 23, 28)");
    ok(before !== after);
    await page.reload();
    strictEqual(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  },
);

siteTest(
  "site: on paper and without scripts the pictures stand in the figures' places",
  async (site) => {
    const page = await site.visit("05_cnn.html", { width: 1280, theme: "dark" });
    deepStrictEqual(await figuresNotDrawn(page), []);
    await page.emulateMedia({ media: "print" });
    const seen = await page.locator(".drawing").first().evaluate((drawing) => ({
      picture: getComputedStyle(drawing.querySelector("img")!).visibility,
      live: getComputedStyle(drawing.querySelector(".live")!).display,
      page: getComputedStyle(document.documentElement).backgroundColor,
    }));
    deepStrictEqual(seen, { picture: "visible", live: "none", page: "rgb(255, 255, 255)" });
  },
);

siteTest("site: a cell of a confusion matrix opens its list below the matrix", async (site) => {
  const page = await site.visit("06_cnn_attention.html", { width: 360, theme: "light" });
  const matrix = page.locator("table:has(td > details)").first();
  const below = page.locator(".misheard").first();
  const cells = matrix.locator("summary");
  for (const cell of [cells.nth(0), cells.nth(7)]) {
    await cell.click();
    const count = Number(await cell.innerText());
    await page.waitForFunction(
      (n) => document.querySelector(".misheard")!.querySelectorAll("li").length === n,
      count,
    );
    match(await below.locator("p").innerText(), /^\w+ taken for \w+:$/);
    strictEqual(await matrix.locator("details[open]").count(), 1);
  }
  await cells.nth(7).press("Enter");
  await page.waitForFunction(() => document.querySelector(".misheard")!.children.length === 0);
  strictEqual(await page.evaluate(overflow), 0);
  deepStrictEqual(site.troubles, []);
});

siteTest("site: a line follows the recording over the attention", async (site) => {
  const page = await site.visit("06_cnn_attention.html", { width: 1280, theme: "light" });
  deepStrictEqual(await figuresNotDrawn(page), []);
  const figure = page.locator("figure:has(+ * audio), figure:has(~ * audio)").last();
  const linesAt = () =>
    figure.locator(".live").evaluate((live) => {
      const { layout } = live as HTMLElement & {
        layout: { shapes: { type: string; x0: number }[] };
      };
      return layout.shapes.filter(({ type }) => type === "line").map(({ x0 }) => x0);
    });
  deepStrictEqual(await linesAt(), []);
  const heard = await page.locator("audio").last().evaluate(async (audio: HTMLAudioElement) => {
    audio.muted = true;
    await audio.play();
    await new Promise((resolve) => setTimeout(resolve, 700));
    audio.pause();
    await new Promise((resolve) => setTimeout(resolve, 300));
    return audio.currentTime;
  });
  const [seen, ...more] = await linesAt();
  deepStrictEqual(more, []);
  ok(heard > 0.2 && Math.abs(seen - heard) < 0.2, `heard ${heard} s, the line at ${seen} s`);
  deepStrictEqual(site.troubles, []);
});

siteTest(
  "site: of a hostile notebook nothing runs, and nothing is asked of others",
  async (site) => {
    await writeSite(join(site.folder, "bad"), new Map([...await assets(), ...hostileSite()]));
    for (let round = 0; round < 2; round++) {
      const file = join(site.folder, "bad", "bad.html");
      const page = await site.visit("bad/bad.html", { width: 1280, theme: "light" });
      page.on("dialog", (dialog) => dialog.dismiss());
      deepStrictEqual(await figuresNotDrawn(page), []);
      for (const point of await page.locator(".live .point").all()) {
        await point.hover({
          force: true,
        });
      }
      await page.locator("main a:not([href]), main #bad, .live a").evaluateAll((links) =>
        links.forEach((link) => link.dispatchEvent(new MouseEvent("click", { bubbles: true })))
      );
      await page.waitForTimeout(500);
      strictEqual(await page.evaluate(() => (globalThis as { ran?: string[] }).ran), undefined);
      ok(page.url().endsWith("bad.html"), page.url());
      deepStrictEqual(site.troubles.filter((text) => /foreign|violates/.test(text)), []);
      await page.context().close();
      const html = await Deno.readTextFile(file); // and once more without the policy
      await Deno.writeTextFile(file, html.replace(/<meta http-equiv="Content[^>]*>/, ""));
    }
  },
);

siteTest("site: what gets into a page all the same is stopped by its policy", async (site) => {
  await Deno.writeTextFile(join(site.folder, "x.js"), "globalThis.ran = true");
  const attack = `<script>globalThis.ran = true</script><script src="x.js"></script>` +
    `<img src="none.png" onerror="globalThis.ran = true"><iframe src="03_lstm.html"></iframe>` +
    `<a id="bad" href="javascript:globalThis.ran = true">a</a>`;
  const file = join(site.folder, "glossary.html");
  const html = (await Deno.readTextFile(file)).replace("</main>", `${attack}</main>`);
  await Deno.writeTextFile(file, html);
  const page = await site.visit("glossary.html", { width: 1280, theme: "light" });
  await page.locator("#bad").click();
  await page.keyboard.press("/"); // the page's own scripts work
  await page.keyboard.type("mfcc");
  await page.locator("#search ol a").first().waitFor();
  strictEqual(await page.evaluate(() => (globalThis as { ran?: boolean }).ran), undefined);
  ok(site.troubles.length >= 4 && site.troubles.some((text) => text.includes("script-src")));
});
