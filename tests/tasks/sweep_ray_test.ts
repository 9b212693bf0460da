import { deepStrictEqual, rejects, strictEqual, throws } from "node:assert/strict";
import { MEMORY } from "ser/sweep/workers.ts";
import { checkSent, onNodes, readRayWish } from "ser/tasks/sweep_ray.ts";
import { inFolder } from "../sweep/example.ts";

Deno.test("readRayWish() has no cluster unless asked", () => {
  strictEqual(readRayWish({}), undefined);
  strictEqual(readRayWish({ engine: "local", workers: "2" }), undefined);
});

Deno.test("readRayWish() takes one CPU for each run, and asks for a token", () => {
  deepStrictEqual(readRayWish({ engine: "ray" }), {
    ...{ address: "auto", withoutToken: false, project: undefined, data: undefined },
    need: { cpus: 1, gpus: 0, memory: MEMORY },
  });
  const told = readRayWish({
    ...{ engine: "ray", address: "ray://head:10001", "cpus-per-run": "2", "gpus-per-run": "0.25" },
    ...{ "node-project": "/srv/ser", "node-data": "/srv/data", "without-token": true },
  });
  deepStrictEqual(told, {
    ...{ address: "ray://head:10001", withoutToken: true, project: "/srv/ser", data: "/srv/data" },
    need: { cpus: 2, gpus: 0.25, memory: MEMORY },
  });
});

Deno.test("readRayWish() says what it expected", () => {
  const wrong: [values: Record<string, unknown>, message: RegExp][] = [
    [{ engine: "slurm" }, /^Expected --engine local, ray, received "slurm"/],
    [{ address: "auto" }, /^Expected no --address with --engine local$/],
    [{ engine: "ray", workers: "2" }, /^Expected no --workers with --engine ray$/],
    [{ engine: "ray", "keep-weights": true }, /^Expected no --keep-weights with --engine ray$/],
    [
      { engine: "ray", "cpus-per-run": "0.5" },
      /^Expected --cpus-per-run to be a whole number from 1/,
    ],
    [{ engine: "ray", "gpus-per-run": "1.5" }, /^Expected --gpus-per-run to be a share between/],
    [{ engine: "ray", "gpus-per-run": "" }, /received ""$/],
    [
      { engine: "ray", address: "local" }, // would start Ray
      /^Expected --address to be like ray:\/\/head:10001, head:6379 or auto, received "local"$/,
    ],
    [{ engine: "ray", "node-data": "data" }, /^Expected --node-data to be a full path like/],
  ];
  for (const [values, message] of wrong) {
    throws(() => readRayWish(values), { name: "UsageError", message });
  }
});

Deno.test("readRayWish() takes RAY_ADDRESS unless told another, and not what would start Ray", () => {
  const before = Deno.env.get("RAY_ADDRESS");
  const addressOf = (address?: string) => readRayWish({ engine: "ray", address })!.address;
  try {
    Deno.env.set("RAY_ADDRESS", "head:6379");
    deepStrictEqual([addressOf(), addressOf("auto")], ["head:6379", "head:6379"]);
    strictEqual(addressOf("ray://other:10001"), "ray://other:10001");
    Deno.env.set("RAY_ADDRESS", "local");
    throws(addressOf, { message: /^Expected RAY_ADDRESS to be like .*, received "local"$/ });
  } finally {
    if (before === undefined) Deno.env.delete("RAY_ADDRESS");
    else Deno.env.set("RAY_ADDRESS", before);
  }
});

Deno.test("checkSent() refuses corpora that Ray would not send", () =>
  inFolder(async (folder) => {
    const before = Deno.env.get("SER_DATA"), ray = readRayWish({ engine: "ray" })!;
    await Deno.mkdir(`${folder}/emodb`);
    await Deno.writeTextFile(`${folder}/emodb/x.wav`, "");
    await checkSent(new Set(["emodb"]), ray);
    Deno.env.set("SER_DATA", folder);
    try {
      await rejects(checkSent(new Set(["emodb"]), ray), {
        name: "UsageError",
        message: /^Expected emodb in data\/, from where Ray sends it, received ".*emodb"; or name /,
      });
      const there = { ...ray, data: "/srv/data" };
      strictEqual(onNodes(there), true);
      await checkSent(new Set(["emodb"]), there);
    } finally {
      if (before === undefined) Deno.env.delete("SER_DATA");
      else Deno.env.set("SER_DATA", before);
    }
  }));
