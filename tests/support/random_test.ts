import { deepStrictEqual, strictEqual, throws } from "node:assert/strict";
import { deriveSeed, RandomState } from "ser/support/random.ts";

Deno.test("RandomState gives the numbers of the MT19937 reference", () => {
  // mt19937ar.c with init_genrand(5489): the first output is 3499211612 (C++ std::mt19937 default).
  const random = new RandomState(5489);
  strictEqual(random.uint32(), 3499211612);
  for (let i = 1; i < 9999; i++) random.uint32();
  strictEqual(random.uint32(), 4123659995); // the 10,000th, as the C++ standard requires
});

Deno.test("RandomState.uniform() equals numpy.random.RandomState(42).random_sample", () => {
  const random = new RandomState(42);
  deepStrictEqual(
    [random.uniform(), random.uniform(), random.uniform()],
    [0.3745401188473625, 0.9507143064099162, 0.7319939418114051],
  );
});

Deno.test("RandomState rejects a seed that is not a 32-bit integer", () => {
  throws(() => new RandomState(-1), /expected an integer in \[0, 2\^32\), received -1/);
  throws(() => new RandomState(0.5), RangeError);
});

Deno.test("deriveSeed() separates purposes and repeats itself", () => {
  const seeds = [0, 1, 2].flatMap((seed) =>
    ["split", "shuffle"].flatMap((use) => [0, 1, 2, 10].map((n) => deriveSeed(seed, use, n)))
  );
  strictEqual(new Set(seeds).size, seeds.length);
  strictEqual(deriveSeed(3, "dropout", 7), deriveSeed(3, "dropout", 7));
});
