import { deepStrictEqual, strictEqual } from "node:assert/strict";
import { publishedFrames } from "ser/corpora/published_frames.ts";
import { loadDataset } from "ser/corpora/dataset.ts";

Deno.test("publishedFrames() has one utterance as long as the paper's 228 and 308 frames", async () => {
  for (
    const [name, longest, id] of [
      ["ravdess", 228, "03-01-07-02-01-02-19"], // 253,053 samples at 48 kHz
      ["savee", 308, "JE_sa14"],
    ] as const
  ) {
    const frames = await publishedFrames(name);
    const those = [...frames].filter(([, count]) => count >= longest);
    deepStrictEqual(those, [[id, longest]]);
  }
});

Deno.test("publishedFrames() are the frames that the audio gives", async () => {
  const frames = await publishedFrames("emodb");
  const { corpus, trueFrames } = await loadDataset("emodb");
  strictEqual(frames.size, trueFrames.length);
  corpus.utterances.forEach(({ id }, i) => strictEqual(frames.get(id), trueFrames[i], id));
});
