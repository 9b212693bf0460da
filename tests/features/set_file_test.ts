import { deepStrictEqual, rejects } from "node:assert/strict";
import type { FileFeatures } from "ser/features/extract.ts";
import { decodeSet, encodeSet } from "ser/features/set_file.ts";

const features = (path: string, rows: number): FileFeatures => ({
  path,
  mfcc: { data: new Float32Array(rows * 2).map((_, i) => i + 0.1), rows, columns: 2 },
  samples: 4096,
  sampleRate: 22050,
  sourceRate: 48000,
  seconds: 0.19,
  sampleSha256: "ab",
});

Deno.test("decodeSet() gives back what encodeSet() was given, a file that failed as undefined", async () => {
  const bytes = await encodeSet(["a", "b", "c"], [features("a", 3), features("c", 1)]);
  deepStrictEqual(await decodeSet(bytes, ["x", "y", "z"]), [
    features("x", 3), // sets go by content: the files have the names that they have now
    undefined,
    features("z", 1),
  ]);
});

Deno.test("decodeSet() reads a set without features", async () => {
  deepStrictEqual(await decodeSet(await encodeSet(["a"], []), ["a"]), [undefined]);
});

Deno.test("decodeSet() notices any changed byte and any missing end", async () => {
  const bytes = await encodeSet(["a"], [features("a", 2)]);
  const error = { name: "SyntaxError", message: "its checksum is wrong, the file is damaged" };
  for (let i = 0; i < bytes.length; i += 7) {
    const changed = bytes.slice();
    changed[i] ^= 1;
    await rejects(decodeSet(changed, ["a"]), error);
    await rejects(decodeSet(bytes.subarray(0, i), ["a"]), error);
  }
});
