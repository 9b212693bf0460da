import { deepStrictEqual } from "node:assert/strict";
import { philox, randomWords } from "ser/backend/philox.ts";

Deno.test("philox() gives the known answers of its authors (Random123, kat_vectors)", () => {
  const all = 0xffffffff;
  for (
    const [counter, key, expected] of [
      [[0, 0, 0, 0], [0, 0], [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]],
      [[all, all, all, all], [all, all], [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]],
      [
        [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
        [0xa4093822, 0x299f31d0],
        [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
      ],
    ] as const
  ) deepStrictEqual(philox([...counter], key), expected);
});

Deno.test("randomWords() goes on where a shorter draw ends", () => {
  const long = randomWords(13, 5, 9);
  for (const count of [1, 4, 6]) deepStrictEqual(randomWords(count, 5, 9), long.slice(0, count));
});
