import { notStrictEqual, strictEqual } from "node:assert/strict";
import { crc32 as zlibCrc32 } from "node:zlib";
import { crc32 } from "ser/support/crc32.ts";
import { RandomState } from "ser/support/random.ts";

Deno.test("crc32() equals zlib's", () => {
  const random = new RandomState(0);
  for (const length of [0, 1, 2, 255, 1000]) {
    const bytes = Uint8Array.from({ length }, () => random.integer(255));
    strictEqual(crc32(bytes), zlibCrc32(bytes).toString(16).padStart(8, "0"));
  }
});

Deno.test("crc32() notices one changed bit", () => {
  const bytes = new Uint8Array(100);
  const before = crc32(bytes);
  bytes[57] = 4;
  notStrictEqual(crc32(bytes), before);
});
