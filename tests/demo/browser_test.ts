/**
 * "Try your voice" in Chromium, opened as a file, offline: takes a minute or two.
 * SER_SITE_TESTS=1 deno test -A --no-check tests/demo/browser_test.ts
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { decodeAudio, toMono } from "ser/audio/decode.ts";
import { encodeWav } from "ser/audio/encode_wav.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { findChromium, OpenDemo, outcome, shownProbabilities } from "./browser.ts";

const found = await findChromium();
const UTTERANCE = `${PROJECT_ROOT}/data/emodb/03a01Wa.flac`;

/** A test of the page, or why it is skipped. */
function demoTest(name: string, run: (demo: OpenDemo) => Promise<void>, microphone?: string): void {
  Deno.test({
    name: "missing" in found ? `${name}: skipped, ${found.missing}` : name,
    ignore: "missing" in found,
    sanitizeOps: false, // the browser's pipes
    sanitizeResources: false,
    fn: async () => {
      await using demo = await OpenDemo.open((found as { chromium: string }).chromium, microphone);
      await run(demo);
    },
  });
}

for (const width of [360, 1600]) {
  for (const theme of ["light", "dark"] as const) {
    demoTest(
      `demo, ${width} px, ${theme}: quiet, accessible, no wider than the page`,
      async (demo) => {
        const page = await demo.visit({ width, theme });
        deepStrictEqual(await violations(page), []);
        await page.setInputFiles("#file", UTTERANCE);
        strictEqual(await outcome(page), "");
        deepStrictEqual(await violations(page), []);
        strictEqual(await page.evaluate(overflow), 0);
        deepStrictEqual(demo.troubles, []);
      },
    );
  }
}

/** How much (px) the page can be scrolled sideways. */
const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

/** What axe finds that keeps people out. */
async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  // deno-lint-ignore no-explicit-any
  const { violations } = await page.evaluate(() => (globalThis as any).axe.run({ preload: false }));
  return violations
    .filter(({ impact }: { impact: string }) => impact === "serious" || impact === "critical")
    .map(({ id }: { id: string }) => id);
}

/** A tone as a WAV file. */
function tone(seconds: number, level: number): Buffer {
  const samples = Array.from({ length: seconds * 8000 }, (_, i) => level * Math.sin(i / 6));
  return Buffer.from(encodeWav(samples, 8000));
}

demoTest(
  "demo: each file that is no sentence gets its message, and the next one works",
  async (demo) => {
    const page = await demo.visit();
    const bad: [name: string, content: Buffer, message: RegExp][] = [
      ["note.txt", Buffer.from("hello"), /expected a sound file that this browser plays/],
      ["empty.wav", Buffer.alloc(0), /received an empty file/],
      ["short.wav", tone(0.2, 0.5), /expected a sentence of at least 0.5 s, received 0.20 s/],
      ["silent.wav", tone(1, 0), /expected speech, received silence/],
      ["long.wav", tone(2 * 3600, 0.5).subarray(0, 45e6), /the file is truncated/],
      ["minutes.wav", tone(120, 0.5), /expected one sentence of at most 30 s, received 2 min/],
      ["damaged.flac", Buffer.from(await Deno.readFile(UTTERANCE)).fill(0, 3000), /damaged file/],
    ];
    for (const [name, buffer, message] of bad) {
      await page.setInputFiles("#file", { name, mimeType: "", buffer });
      match(await outcome(page), message, name);
    }
    await page.setInputFiles("#file", UTTERANCE);
    strictEqual(await outcome(page), "");
    deepStrictEqual(demo.troubles, []);
  },
);

demoTest("demo: two hours are refused without being read", async (demo) => {
  const page = await demo.visit();
  const file = await Deno.makeTempFile({ suffix: ".wav" });
  await Deno.truncate(file, 2 * 3600 * 44100 * 4);
  await page.setInputFiles("#file", file);
  match(await outcome(page), /expected one sentence, received 1270 MB/);
  await Deno.remove(file);
});

demoTest("demo: without a microphone it says so", async (demo) => {
  const page = await demo.visit();
  await page.locator("#record").click();
  match(await outcome(page), /^Cannot record: no microphone was found; connect one and try again/);
  deepStrictEqual(demo.troubles, []);
}, "none");

demoTest("demo: where the microphone may not be used it says what to do", async (demo) => {
  const page = await demo.visit();
  await page.locator("#record").click();
  match(await outcome(page), /^Cannot record: the microphone may not be used; allow it/);
  deepStrictEqual(demo.troubles, []);
}, "refused");

demoTest("demo: the drawing is read with the keys, and every control is reached", async (demo) => {
  const page = await demo.visit();
  await page.locator("#actors button").first().click();
  await outcome(page);
  await page.locator("#time").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  match(await page.locator("#readout").innerText(), /^0.02 s: /); // one frame of 512 at 22,050 Hz
  strictEqual(await page.locator("#time").getAttribute("aria-valuenow"), "0.02");
  const stops = await page.locator("button, a[href], input, audio, [tabindex='0']").count();
  ok(stops > 8);
});
