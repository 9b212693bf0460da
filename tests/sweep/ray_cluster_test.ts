import { match, strictEqual } from "node:assert/strict";
import { clusterInWords, placesOn, type RayNode } from "ser/sweep/ray_cluster.ts";

const node = (cpus: number, gpus = 0, memory = 8e9): RayNode => ({
  ...{ name: `10.0.0.${cpus}`, cpus, gpus, memory },
});
const need = (cpus: number, gpus = 0) => ({ cpus, gpus, memory: 1e9 });

Deno.test("placesOn() counts on each node what is scarcest", () => {
  strictEqual(placesOn([], need(1)), 0);
  strictEqual(placesOn([node(4)], need(1)), 4);
  strictEqual(placesOn([node(16)], need(1)), 8); // memory
  strictEqual(placesOn([node(3), node(5)], need(2)), 1 + 2); // a run is never on two nodes
  strictEqual(placesOn([node(3), node(3)], need(4)), 0);
  strictEqual(placesOn([node(2, 0, 0.9e9)], need(1)), 0);
});

Deno.test("placesOn() takes the shares of a GPU from the same card", () => {
  strictEqual(placesOn([node(8, 2)], need(1, 0.25)), 8);
  strictEqual(placesOn([node(8, 2)], need(1, 0.4)), 4); // 0.2 is left on each
  strictEqual(placesOn([node(8, 1)], need(1, 0.1)), 8); // 1 / 0.1 is a little less than 10 in floats
  strictEqual(placesOn([node(8, 3)], need(1, 2)), 1);
  strictEqual(placesOn([node(8)], need(1, 0.5)), 0);
});

Deno.test("clusterInWords() says how many runs at once", () => {
  strictEqual(
    clusterInWords([node(4), node(1, 1)], need(1)),
    "Ray cluster of 2 nodes, 5 CPUs, 1 GPU: 5 runs at once with 1 CPU and 1.0 GB each",
  );
});

Deno.test("clusterInWords() warns of runs that no node can host", () => {
  const text = clusterInWords([node(4), node(2)], need(8, 0.5));
  match(
    text,
    /^Ray cluster of 2 nodes, 6 CPUs\nWarning: no node can host a run, which needs 8 CPUs/,
  );
  match(
    text,
    /needs 8 CPUs, 0.5 GPU and 1.0 GB; there are 4 CPUs and 8.0 GB; 2 CPUs and 8.0 GB\. /,
  );
  match(clusterInWords([], need(1)), /there are none\. /);
});
