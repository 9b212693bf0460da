import { ok, throws } from "node:assert/strict";
import { attentionShare } from "ser/evaluation/attention_share.ts";

/** Whether a position sees no real frame, frame by frame. */
function shareBySlowCount(row: number[], real: number, frames: number, side: "before" | "after") {
  const field = frames - row.length + 1;
  const isReal = (f: number) => side === "before" ? f >= frames - real : f < real;
  return row.reduce((sum, weight, t) => {
    const sees = [...Array(field).keys()].some((k) => isReal(t + k));
    return sum + (sees ? 0 : weight);
  }, 0);
}

for (const padding of ["before", "after"] as const) {
  Deno.test(`attentionShare() equals a count of frames, zeros ${padding}`, () => {
    const rows = [[0.1, 0.2, 0.3, 0.4], [0.4, 0.3, 0.2, 0.1], [0.25, 0.25, 0.25, 0.25]];
    const trueFrames = [1, 3, 6]; // of 6 frames; each of 4 positions sees 3
    const { attention } = attentionShare(rows, { trueFrames, frames: 6, padding });
    const slow = rows.reduce((s, r, i) => s + shareBySlowCount(r, trueFrames[i], 6, padding), 0);
    ok(Math.abs(attention - slow / 3) < 1e-12);
  });
}

Deno.test("attentionShare() of even attention is the share of positions", () => {
  const share = attentionShare([Array(204).fill(1 / 204)], {
    trueFrames: [100],
    frames: 228,
    padding: "before",
  });
  ok(Math.abs(share.attention - share.positions) < 1e-12);
  ok(Math.abs(share.positions - 104 / 204) < 1e-12); // 128 zero frames hold 104 whole fields of 25
});

Deno.test("attentionShare() wants weights for each utterance", () => {
  const layout = { trueFrames: [1, 2], frames: 4, padding: "before" } as const;
  throws(() => attentionShare([[1]], layout), {
    name: "RangeError",
    message: /expected weights of 2 utterances, at least 1, received 1/,
  });
});
