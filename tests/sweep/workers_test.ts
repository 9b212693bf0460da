import { deepStrictEqual } from "node:assert/strict";
import { planWorkers } from "ser/sweep/workers.ts";

Deno.test("planWorkers() gives each core a worker, as far as memory goes, and always one", () => {
  const GB = 1e9;
  deepStrictEqual(planWorkers({ cores: 2, freeMemory: 22 * GB }), { workers: 2, threads: 1 });
  deepStrictEqual(planWorkers({ cores: 16, freeMemory: 4 * GB }), { workers: 4, threads: 4 });
  deepStrictEqual(planWorkers({ cores: 4, freeMemory: 0.5 * GB }), { workers: 1, threads: 4 });
  deepStrictEqual(planWorkers({ cores: 4, freeMemory: 9 * GB }, 3), { workers: 3, threads: 1 });
  deepStrictEqual(planWorkers({ cores: 4, freeMemory: 9 * GB, gpu: true }), {
    workers: 1,
    threads: 4,
  });
});
