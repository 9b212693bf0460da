import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { REFERENCE_FOLDER } from "ser/sweep/results_folder.ts";
import { main, readWish } from "ser/tasks/sweep.ts";
import { inFolder } from "../sweep/example.ts";

const SWEEP_FOLDER = join(PROJECT_ROOT, "outputs", "mine", "sweep");

Deno.test("readWish() takes the reference grid by default", async () => {
  const { grid, folder, published, keepWeights } = await readWish({});
  deepStrictEqual([grid.length, keepWeights], [144, false]);
  deepStrictEqual([folder, published], [SWEEP_FOLDER, REFERENCE_FOLDER]);
});

Deno.test("readWish() takes lists and ranges", async () => {
  const part = await readWish({
    model: "lstm,dbn",
    seeds: "0,2-4",
    corpus: "savee",
    split: "random",
  });
  deepStrictEqual(part.grid.map(({ seed }) => seed).toSorted(), [0, 0, 2, 2, 3, 3, 4, 4]);
  strictEqual((await readWish({ grid: "emodb", fold: "5" })).grid.length, 6);
  strictEqual((await readWish({ workers: "3" })).workers.workers, 3);
});

Deno.test("readWish() writes into the reference with --publish alone, and its grids' runs alone", async () => {
  for (const grid of ["reference", "close-reading", "emodb"]) {
    strictEqual((await readWish({ grid })).folder, SWEEP_FOLDER);
  }
  for (const grid of ["reference", "close-reading"]) {
    strictEqual((await readWish({ grid, publish: true })).folder, REFERENCE_FOLDER);
  }
  for (const strange of [{ grid: "emodb" }, { model: "cnn", epochs: "3" }]) {
    await rejects(readWish({ ...strange, publish: true }), {
      name: "UsageError",
      message: /^Expected runs of the grids reference and close-reading with --publish, received /,
    });
  }
});

Deno.test("readWish() reads a grid from a file", () =>
  inFolder(async (folder) => {
    const path = join(folder, "grid.json");
    const scores = ["dot", "bahdanau"].map((score) => ({
      ...{ model: "lstm-attention", modelOptions: { score } },
    }));
    await Deno.writeTextFile(path, JSON.stringify([{ models: scores, corpora: ["savee"] }]));
    const { grid } = await readWish({ grid: path });
    deepStrictEqual(grid.map(({ modelOptions }) => modelOptions.score), ["dot", "bahdanau"]);
    await Deno.writeTextFile(path, "{}");
    await rejects(readWish({ grid: path }), { name: "UsageError", message: /to hold a list like/ });
  }));

Deno.test("readWish() says what it expected", async () => {
  const wrong: [values: Record<string, string>, message: RegExp][] = [
    [{ engine: "slurm" }, /Expected --engine local, ray, received "slurm"/],
    [
      { grid: "no/such.json" },
      /Expected --grid reference, emodb, close-.* or a file, received "no\/such/,
    ],
    [{ seed: "1,x" }, /Expected --seed to be numbers like 0,2-4, received "1,x"/],
    [{ fold: "3-1" }, /Expected --fold to be numbers/],
    [{ corpus: "emodb" }, /expected corpus among savee, ravdess, received emodb/],
    [{ epochs: "few" }, /Expected --epochs to be a whole number from 1, received "few"/],
  ];
  for (const [values, message] of wrong) {
    await rejects(readWish(values), { name: "UsageError", message });
  }
});

Deno.test("sweep --plan tells what is missing and runs nothing", () =>
  inFolder(async (folder) => {
    const grid = join(folder, "grid.json"), seeds = [1000, 1001, 1002, 1003]; // nobody has run these
    const block = { models: ["sdnn"], corpora: ["emodb"], seeds };
    await Deno.writeTextFile(grid, JSON.stringify([block]));
    const printed: string[] = [], log = console.log;
    console.log = (text) => printed.push(text);
    try {
      strictEqual(await main(["--plan", "--grid", grid, "--seed", "1000-1002"]), 0);
    } finally {
      console.log = log;
    }
    match(printed[0], /^3 runs: 0 finished, 3 missing, about \d.* with \d+ at once\n/);
    match(printed[0], /\n {2}EmoDB excerpt DNN {2}seeds 1000, 1001, 1002: \d.*s$/);
  }));
