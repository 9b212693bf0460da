/**
 * "Try your voice" in Chromium, opened as a file, offline: takes a minute or two.
 * SER_SITE_TESTS=1 deno test -A --no-check tests/demo/browser_test.ts
 */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { Buffer } from "node:buffer";
import { decodeAudio, toMono } from "ser/audio/decode.ts";
import { encodeWav } from "ser/audio/encode_wav.ts";
import { fitSilence, silenceAround } from "ser/audio/trim.ts";
import { loadBackend } from "ser/backend/load.ts";
import type { CorpusName } from "ser/corpora/types.ts";
import { soundOf } from "ser/demo/page/sound.ts";
import { modelFiles } from "ser/demo/sets.ts";
import type { ModelSource } from "ser/recognition/model_file.ts";
import { loadRecogniser } from "ser/recognition/recogniser.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";
import { findChromium } from "../site/browser.ts";
import { hardToRead, overflow, violations } from "../site/page_checks.ts";
import { type BrowserOptions, OpenDemo, outcome, shownProbabilities } from "./browser.ts";

const found = await findChromium();
const UTTERANCE = `${PROJECT_ROOT}/data/emodb/03a01Wa.flac`;

/** A test of the page, or why it is skipped. */
function demoTest(
  name: string,
  run: (demo: OpenDemo) => Promise<void>,
  options: BrowserOptions = {},
): void {
  Deno.test({
    name: "missing" in found ? `${name}: skipped, ${found.missing}` : name,
    ignore: "missing" in found,
    sanitizeOps: false, // the browser's pipes
    sanitizeResources: false,
    fn: async () => {
      await using demo = await OpenDemo.open((found as { chromium: string }).chromium, options);
      await run(demo);
    },
  });
}

for (const width of [360, 1600]) {
  for (const theme of ["light", "dark"] as const) {
    demoTest(
      `demo, ${width} px, ${theme}: quiet, readable, accessible, no wider than the page`,
      async (demo) => {
        const page = await demo.visit({ width, theme });
        deepStrictEqual(await violations(page), []);
        await page.setInputFiles("#file", UTTERANCE);
        strictEqual(await outcome(page), "");
        deepStrictEqual(await violations(page), []);
        strictEqual(await page.evaluate(overflow), 0);
        deepStrictEqual(await page.evaluate(hardToRead, true), []);
        deepStrictEqual(demo.troubles, []);
      },
    );
  }
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
      ["half.wav", tone(2, 0.5).subarray(0, 9000), /the file is truncated/],
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

demoTest("demo: what the browser says of the microphone becomes what to do", async (demo) => {
  const page = await demo.visit();
  const messages = {
    NotFoundError: /^Cannot record: no microphone was found; connect one and try again/,
    NotReadableError: /^Cannot record: the microphone does not answer; another program may/,
    TypeError: /^Cannot record: the browser says: made up; or choose a file instead$/,
  };
  for (const [name, message] of Object.entries(messages)) {
    await page.evaluate((name) => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException("made up", name));
    }, name);
    await page.locator("#record").click();
    match(await outcome(page), message);
  }
  deepStrictEqual(demo.troubles, []);
});

demoTest("demo: where the microphone may not be used it says what to do", async (demo) => {
  const page = await demo.visit();
  await page.locator("#record").click();
  match(await outcome(page), /^Cannot record: the microphone may not be used; allow it/);
  deepStrictEqual(demo.troubles, []);
}, { microphone: "refused" });

/** What the library answers outside the browser, with the best back end that is here. */
async function answers(
  bytes: Uint8Array,
  corpus: string,
  fitted = false, // already
): Promise<Record<string, number[]>> {
  await loadBackend();
  const files = (await modelFiles(`${PROJECT_ROOT}/data/models`)).get(corpus as CorpusName)!;
  const recogniser = loadRecogniser(files as ModelSource[]);
  const audio = await decodeAudio(bytes, "sentence");
  const sound = { samples: toMono(audio), sampleRate: audio.sampleRate };
  const { samples } = fitted ? sound : fitSilence(sound, recogniser.silence);
  const { answers } = await recogniser.recognise({ ...sound, samples });
  recogniser.dispose();
  return Object.fromEntries(answers.map(({ title, probabilities }) => [title, probabilities]));
}

/** Compares two sets of answers; 1e-3 is what the page promises, float32 gives 1e-5. */
function assertAlike(page: Record<string, number[]>, library: Record<string, number[]>): void {
  deepStrictEqual(Object.keys(page).sort(), Object.keys(library).sort());
  for (const [title, probabilities] of Object.entries(library)) {
    probabilities.forEach((value, i) => {
      ok(Math.abs(page[title][i] - value) < 1e-3, `${title}: ${page[title]}, not ${probabilities}`);
    });
  }
}

demoTest(
  "demo: a file gets the probabilities that the library gives, in every set",
  async (demo) => {
    const page = await demo.visit(), bytes = await Deno.readFile(UTTERANCE);
    const wav = encodeWav(toMono(await decodeAudio(bytes, "utterance")), 16000);
    for (
      const [i, corpus] of [...(await modelFiles(`${PROJECT_ROOT}/data/models`)).keys()].entries()
    ) {
      await page.locator("#sets input").nth(i).check();
      for (const [name, content] of [["a.flac", bytes], ["a.wav", wav]] as const) {
        await page.setInputFiles("#file", { name, mimeType: "", buffer: Buffer.from(content) });
        strictEqual(await outcome(page), "");
        assertAlike(await shownProbabilities(page), await answers(content, corpus));
      }
    }
    deepStrictEqual(demo.troubles, []);
  },
);

const said = await Deno.makeTempFile({ suffix: ".wav" });
addEventListener("unload", () => Deno.removeSync(said));

demoTest("demo: a recording, saved, gets the same probabilities from the library", async (demo) => {
  const audio = await decodeAudio(await Deno.readFile(UTTERANCE), "utterance");
  const utterance = toMono(audio);
  await Deno.writeFile(said, encodeWav(utterance, 16000));
  const page = await demo.visit();
  await page.locator("#record").click();
  await page.waitForFunction(() =>
    parseFloat(document.querySelector("#seconds")!.textContent!) > 2
  );
  await page.locator("#record").click();
  strictEqual(await outcome(page), "");
  const download = page.waitForEvent("download");
  await page.locator("#save").click();
  const saved = await Deno.readFile(await (await download).path());
  const { samples, sampleRate } = await soundOf(new Blob([saved]), "saved");
  const own = silenceAround(utterance, 16000)!,
    speech = utterance.length / 16000 - own.before -
      own.after;
  const silence = samples.length / sampleRate - speech; // of 90 % of EmoDB: 0.06 to 0.38 s
  ok(silence > 0.06 - 0.04 && silence < 0.38 + 0.04, `${silence} s`); // found in whole frames
  const corpus = [...(await modelFiles(`${PROJECT_ROOT}/data/models`)).keys()][0];
  assertAlike(await shownProbabilities(page), await answers(saved, corpus, true));
  deepStrictEqual(demo.troubles, []);
}, { microphone: said });

demoTest("demo: the drawing is read off with the keys", async (demo) => {
  const page = await demo.visit();
  await page.locator("#actors button").first().click();
  await outcome(page);
  await page.locator("#time").focus();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  match(await page.locator("#readout").innerText(), /^0.02 s: /); // one frame of 512 at 22,050 Hz
  strictEqual(await page.locator("#time").getAttribute("aria-valuenow"), "0.02");
  strictEqual(
    await page.locator("#time").getAttribute("aria-valuetext"),
    await page.locator("#readout").innerText(),
  );
});

/** White noise, as `seed` makes it. */
function noise(seed: number): Buffer {
  const random = new RandomState(seed);
  return Buffer.from(encodeWav(Array.from({ length: 32000 }, () => random.uniform() - 0.5), 16000));
}

demoTest("demo: noise gets no emotion as its headline, in any set", async (demo) => {
  const page = await demo.visit();
  for (const set of await page.locator("#sets input").all()) {
    await set.check();
    await page.setInputFiles("#file", { name: "noise.wav", mimeType: "", buffer: noise(1) });
    strictEqual(await outcome(page), "");
    match(await page.locator("#verdict").innerText(), /^No emotion: .* does not sound like speech/);
    match(await page.locator("#status").innerText(), /^No emotion/);
  }
});

demoTest(
  "demo: the headline is the emotion of most of the cards, or that there is none",
  async (demo) => {
    const page = await demo.visit();
    for (const actor of await page.locator("#actors button").all()) {
      await actor.click();
      strictEqual(await outcome(page), "");
      const emotions = await page.locator("#answers .largest th").allInnerTexts();
      const headline = await page.locator("#verdict").innerText();
      const most = emotions.find((emotion) =>
        emotions.filter((other) => other === emotion).length > emotions.length / 2
      );
      if (most) ok(headline.toLowerCase().startsWith(`${most}, say `), headline);
      else match(headline, /^The networks disagree: /);
    }
  },
);

demoTest("demo: after an error no earlier answer is there, nor does it come back", async (demo) => {
  const page = await demo.visit();
  await page.setInputFiles("#file", UTTERANCE);
  strictEqual(await outcome(page), "");
  strictEqual(await page.locator("#results").isVisible(), true);
  const buffer = Buffer.from("hello");
  await page.setInputFiles("#file", { name: "note.txt", mimeType: "", buffer });
  match(await outcome(page), /expected a sound file/);
  strictEqual(await page.locator("#results").isVisible(), false);
  await page.locator("#sets input").nth(1).check();
  await page.waitForTimeout(3000); // the other networks are loaded
  strictEqual(await page.locator("#results").isVisible(), false);
  deepStrictEqual(demo.troubles, []);
});
