import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { loadCheckpoint, saveCheckpoint } from "ser/training/checkpoint.ts";
import type { TrainingState } from "ser/training/state.ts";

const OWNER = {
  ...{ run: "a run with an ü", data: "its data", features: "theirs", code: "its code" },
  backend: "cpu",
};

const STATE: TrainingState = {
  epoch: 2,
  history: {
    loss: [0.1 + 0.2, 1e-300], // must come back to the last bit
    accuracy: [0.5, 1 / 3],
    testLoss: [2, 3],
    testAccuracy: [0, 1],
    seconds: [1, 2],
  },
  weights: [Float32Array.of(1, -0, 1e-45), Float32Array.of(Infinity)],
  adam: { step: 72, m: Float32Array.of(1, 2, 3), v: Float32Array.of(4, 5, 6) },
};

const newPath = async () => `${await Deno.makeTempDir()}/checkpoint.bin`;

Deno.test("loadCheckpoint() gives back every bit", async () => {
  const path = await newPath();
  await saveCheckpoint(path, OWNER, STATE);
  deepStrictEqual(await loadCheckpoint(path), { owner: OWNER, state: STATE });
});

Deno.test("saveCheckpoint() replaces an older checkpoint and leaves no part", async () => {
  const path = await newPath();
  await saveCheckpoint(path, OWNER, { ...STATE, weights: [] });
  await saveCheckpoint(path, OWNER, STATE);
  deepStrictEqual((await loadCheckpoint(path))?.state.weights, STATE.weights);
  deepStrictEqual([...Deno.readDirSync(path.replace(/\/[^/]*$/, ""))].map((e) => e.name), [
    "checkpoint.bin",
  ]);
});

Deno.test("loadCheckpoint() gives undefined where there is none", async () => {
  strictEqual(await loadCheckpoint(await newPath()), undefined);
});

Deno.test("loadCheckpoint() notices any changed or missing byte", async () => {
  const path = await newPath();
  await saveCheckpoint(path, OWNER, STATE);
  const whole = await Deno.readFile(path);
  const damaged = [
    new Uint8Array(0),
    whole.subarray(0, 5),
    whole.subarray(0, whole.length - 1),
    ...[0, 9, 41, 60, whole.length - 1].map((at) =>
      whole.map((byte, i) => i === at ? byte ^ 1 : byte)
    ),
  ];
  for (const bytes of damaged) {
    await Deno.writeFile(path, bytes);
    await rejects(loadCheckpoint(path), {
      name: "SyntaxError",
      message: /Cannot read the checkpoint/,
    });
  }
});
