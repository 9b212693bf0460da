/** The ledger's arithmetic against counts by hand. */
import { deepStrictEqual, match, ok, strictEqual } from "node:assert/strict";
import { leadsOf } from "ser/evaluation/ledger/claims.ts";
import { recomputeLedger } from "ser/evaluation/ledger/recompute.ts";
import { LEDGER } from "ser/paper/ledger.ts";

const counted = await recomputeLedger();

Deno.test("recomputeLedger() confirms what arithmetic can show, and counts nothing else", () => {
  const wanted = LEDGER.flatMap(({ entries }) => entries)
    .filter(({ evidence }) => evidence.includes("arithmetic")).map(({ number }) => number);
  deepStrictEqual([...counted.keys()].toSorted((a, b) => a - b), wanted);
  for (const [number, { confirmed }] of counted) ok(confirmed, `entry ${number}`);
});

/** By hand, from the text of the preprint alone. */
const BY_HAND: [number: number, says: RegExp][] = [
  [1, /need kernels 9, 7, 5, 5, 3; the text's give 228, 220, 212, 206, 200, 196$/],
  [2, /= 256 parameters, .* = 8256$/],
  [8, /^1,000 epochs are 36,000 and 12,000 steps/], // 1152 / 32 and 384 / 32, times 1000
  [11, /^53 of 96 is 55\.21, 54 of 96 is 56\.25; .* 0\.48 utterances$/],
  [12, /100 - 65 = 35 \(printed 45\), 100 - 47 = 53 \(printed 63\)$/],
  [13, /^22 of 23 is 95\.65.*; 39 of 40 is 97\.50.*; 11 of 12 is 91\.67, printed 91\.6$/],
  [14, /^20 for 1 model, 21 for 4 models$/],
  [16, /77 is 221 to 223, LSTM's 70 is 201 to 203, CNN's 70\.5 is 203$/],
  [19, /RAVDESS CNN 0\.07, LSTM 0\.06; SAVEE DNN 0\.52, LSTM-ATN 0\.52$/], // statsmodels, see pairs.json
  [20, /^Mustaqeem & Kwon \[8\]: 68 \/ 80$/],
  [21, /in 4 of 6 models on RAVDESS; on SAVEE it is best in 4 of 6, .* in 4 of 6$/],
  [24, /^47\.92, 69\.79, 67, 69\.79 beside 47\.92, 69\.79, 67, 69\.79/],
  [28, /^16 figures: 11 of the six models, 5 of changed ones$/], // 1 of the DBN, 10 of the others
  [30, /= 1440; .* 1536$/],
  [31, /= 480; .* = 540$/],
  [37, /^228 frames: 1 of 1440 utterances; 308 frames: 1 of 480 utterances$/],
  [38, /RAVDESS 96 of 1440 \(6\.7 %\), SAVEE 120 of 480 \(25\.0 %\)$/],
];

for (const [number, says] of BY_HAND) {
  Deno.test(`recomputeLedger() says of entry ${number} what a count by hand gives`, () =>
    match(counted.get(number)!.says, says));
}

Deno.test("leadsOf() puts the nearest rival first, and finds leads that no pairing makes significant", () => {
  deepStrictEqual(leadsOf("ravdess").map(({ model }) => model), [
    ...["cnn", "lstm", "lstm-attention", "sdnn", "dbn"],
  ]);
  const hopeless = leadsOf("savee").filter(({ least }) => least > 0.05);
  deepStrictEqual(hopeless.map(({ model }) => model), ["sdnn", "lstm-attention"]);
  strictEqual(leadsOf("savee").find(({ model }) => model === "lstm")!.least, 2 / 2 ** 7); // 71 to 64
});
