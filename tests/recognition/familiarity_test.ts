import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { judgeFamiliarity, type MeasuredRecording } from "ser/recognition/familiarity.ts";
import { exampleSound, madeUpSpeech } from "./example.ts";

const speech = madeUpSpeech();
const usual = {
  samples: exampleSound(1.5),
  seconds: 1.5,
  longest: 2.5,
  means: Float32Array.from({ length: 40 }, (_, c) => c === 0 ? -400 : 0), // the middle of the cloud
  nMels: 128,
};

const kinds = (changes: Partial<MeasuredRecording>) =>
  judgeFamiliarity({ ...usual, ...changes }, "made-up speech", speech).reasons
    .map(({ kind }) => kind);

Deno.test("judgeFamiliarity() finds nothing strange in the middle of what the network knows", () => {
  const { familiar, reasons, distance, limit, level } = judgeFamiliarity(usual, "it", speech);
  deepStrictEqual([familiar, reasons], [true, []]);
  // others lie around sqrt(40), farther since the cloud is estimated from 100
  ok(distance < 3 && limit > Math.sqrt(40) && limit < 2 * Math.sqrt(40));
  ok(Math.abs(level - -400 / Math.sqrt(128)) < 1e-6);
});

Deno.test("judgeFamiliarity() names what is strange, and only that", () => {
  deepStrictEqual(kinds({ samples: new Float32Array(33075) }), ["silent"]);
  deepStrictEqual(kinds({ samples: usual.samples.map((x) => x / 100) }), ["silent"]); // -52 dB
  deepStrictEqual(kinds({ samples: usual.samples.map((x) => Math.max(-1, Math.min(1, 20 * x))) }), [
    "clipped",
  ]);
  deepStrictEqual(kinds({ seconds: 0.9 }), ["short"]);
  deepStrictEqual(kinds({ seconds: 2.6 }), ["long"]);
  const far = usual.means.slice();
  far[7] = 90; // nine deviations
  deepStrictEqual(kinds({ means: far }), ["unlike"]);
  const level = (c0: number) => Float32Array.from(usual.means, (m, c) => c === 0 ? c0 : m);
  deepStrictEqual(kinds({ means: level(-510) }), ["quiet"]); // 2.75 deviations
  deepStrictEqual(kinds({ means: level(-290) }), ["loud"]);
});

Deno.test("judgeFamiliarity() names silence instead of what follows from it", () => {
  const quiet = Float32Array.from(usual.means, (m, c) => c === 0 ? -510 : m);
  const more = { before: 0.4, after: 0.5 }; // up to 0.19 and 0.38 are usual
  deepStrictEqual(kinds({ silence: more, means: quiet }), ["silence"]);
  deepStrictEqual(kinds({ silence: { before: 0.3, after: 0.4 }, means: quiet }), ["quiet"]);
  const within = { before: 0.01, after: 0.38 };
  deepStrictEqual(kinds({ silence: within, means: quiet }), ["quiet"]);
  const usually = {
    before: { least: 0.24, median: 1, most: 1.02 },
    after: { least: 0.31, median: 0.9, most: 1.03 },
  };
  const used = { ...speech, silence: usually };
  const recording = { ...usual, seconds: 0.9, silence: { before: 0, after: 0.1 } };
  const { reasons } = judgeFamiliarity(recording, "made-up speech", used);
  deepStrictEqual(reasons, [{
    kind: "silence",
    text:
      "There is less silence around the speech (0.0 s before and 0.1 s after it) than is usual in " +
      "made-up speech (0.2 to 1.0 s and 0.3 to 1.0 s), and the networks answer to silence.",
  }]);
});

Deno.test("judgeFamiliarity() takes peaks that touch full scale for no distortion", () => {
  const samples = usual.samples.slice();
  for (let i = 0; i < samples.length; i += 100) samples[i] = 1; // one per cent, none beside another
  deepStrictEqual(kinds({ samples }), []);
});

Deno.test("judgeFamiliarity() says it in words with numbers", () => {
  const { reasons } = judgeFamiliarity({ ...usual, seconds: 0.9 }, "made-up speech", speech);
  strictEqual(
    reasons[0].text,
    "It is shorter (0.9 s) than every sentence of made-up speech (at least 1.0 s).",
  );
  const silent = judgeFamiliarity({ ...usual, samples: new Float32Array(10) }, "it", speech);
  match(silent.reasons[0].text, /its loudest sample is at zero\.$/);
});

Deno.test("speechStatistics() takes the limit from utterances that the cloud is not made of", () => {
  deepStrictEqual(speech.utterances, { learned: 100, heldOut: 100 });
  deepStrictEqual(speech.seconds, { least: 1, most: 2 });
  deepStrictEqual(speech.silence, { // of three, 5 and 95 % interpolated
    before: { least: 0.01, median: 0.1, most: 0.19 },
    after: { least: 0.02, median: 0.2, most: 0.38 },
  });
  // normal with deviation 40: 1 % and 99 % lie 2.33 deviations from -400, within the error of 200 draws
  const { low, high } = speech.level, root = Math.sqrt(128);
  ok(Math.abs(low * root + 400 + 2.33 * 40) < 30 && Math.abs(high * root + 400 - 2.33 * 40) < 30);
});
