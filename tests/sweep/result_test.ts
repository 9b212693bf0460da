import { deepStrictEqual, ok, rejects, strictEqual } from "node:assert/strict";
import { compareWithPaper } from "ser/evaluation/results_table.ts";
import { decodeResult, encodeResult, type ReferenceResult, resultOf } from "ser/sweep/result.ts";
import { experiment } from "ser/training/experiment.ts";
import { exampleResult, small } from "./example.ts";

const example = await exampleResult(small(0));
const rounded = resultOf(example);

/** The text of a result with something else in it and a right checksum. */
const changed = (parts: Partial<ReferenceResult>) => encodeResult({ ...rounded, ...parts });

Deno.test("resultOf() keeps the digits that mean something and leaves the weights out", () => {
  const { history, predictions, seconds } = resultOf({ ...example, weights: "weights.bin" });
  strictEqual(history.loss[0], 0.333333);
  strictEqual(history.accuracy[0], 0.33333);
  deepStrictEqual(predictions[0].probabilities, [0.143, 0.571, 0.2, 0.086]);
  strictEqual(seconds, 1.235);
  ok(!("weights" in resultOf({ ...example, weights: "weights.bin" })));
});

Deno.test("a result comes back from its file as it was, utterances and labels included", async () => {
  const text = await encodeResult(rounded);
  deepStrictEqual(await decodeResult(text, rounded.name), rounded);
  ok(!text.includes(rounded.predictions[0].id)); // they follow from the experiment
  const twice = await encodeResult(await decodeResult(text, rounded.name));
  strictEqual(twice, text);
});

Deno.test("a result goes where a stored run goes", () => {
  const right = rounded.predictions.filter(({ label }) => label === 1).length;
  const { model, correct, total } = compareWithPaper(rounded);
  deepStrictEqual([model, correct, total], ["DNN", right, 38]);
});

Deno.test("decodeResult() notices every changed character", async () => {
  const text = await encodeResult(rounded);
  for (const at of [0, 20, 100, Math.floor(text.length / 2), text.length - 3]) {
    const damaged = text.slice(0, at) + (text[at] === "1" ? "2" : "1") + text.slice(at + 1);
    await rejects(decodeResult(damaged, rounded.name), { name: "ResultError", kind: "damaged" });
  }
  await rejects(decodeResult(text.slice(0, -40), rounded.name), /characters that do not match it/);
  await rejects(decodeResult("", rounded.name), /received 0 characters/);
});

Deno.test("decodeResult() tells results of other runs and data apart", async () => {
  const foreign = (text: string, message: RegExp, name = rounded.name) =>
    rejects(decodeResult(text, name), { name: "ResultError", kind: "foreign", message });
  await foreign(await encodeResult(rounded), /expected the run another, received sdnn_/, "another");
  const data = { ...rounded.data, hash: "0".repeat(64), test: 37 };
  await foreign(
    await changed({ data }),
    /expected 188 utterances of emodb \(data 39ba795d\), received 187 .* \(data 00000000\)/,
  );
  const predictions = rounded.predictions.toReversed();
  await foreign(await changed({ predictions }), /test utterances of this version's split/);
  const unknown = { ...rounded.experiment, model: "rnn" as never };
  await foreign(await changed({ experiment: unknown }), /this version: .*received "rnn"/);
});

Deno.test("decodeResult() completes nothing: a description that lacks a part is still the same run", async () => {
  const { padding: _, ...older } = rounded.experiment; // as of a version without that part
  const text = await changed({ experiment: older as never });
  const { experiment: read } = await decodeResult(text, rounded.name);
  deepStrictEqual(experiment(read), rounded.experiment);
});
