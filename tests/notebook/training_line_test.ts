import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import { LiveLine } from "ser/notebook/live.ts";
import { trainingLine } from "ser/notebook/training_line.ts";

Deno.test("trainingLine() keeps the last test scores while the next epoch runs", async () => {
  const written: string[] = [];
  let ms = 0;
  const line = new LiveLine({
    write: (text) => written.push(text.trim()),
    terminal: false,
    now: () => ms += 6000,
  });
  const { onBatch, onEpoch, close } = trainingLine(line);
  const report = { epochs: 3, loss: 1.25, accuracy: 0.5, secondsLeft: 9 };
  onBatch({ ...report, epoch: 1, batch: 1, batches: 2 });
  onEpoch({ ...report, epoch: 1, testLoss: 2, testAccuracy: 0.4 });
  onBatch({ ...report, epoch: 2, batch: 1, batches: 2 });
  await close();
  deepStrictEqual(written.slice(0, 3), [
    "epoch 1 of 3 · training: loss 1.250, 50.0 % · 9 s left",
    "epoch 1 of 3 · training: loss 1.250, 50.0 % · test: loss 2.000, 40.0 % · 9 s left",
    "epoch 2 of 3 · training: loss 1.250, 50.0 % · test: loss 2.000, 40.0 % · 9 s left",
  ]);
});

Deno.test("trainingLine() names the part that is looked at", async () => {
  const written: string[] = [];
  const plain = new LiveLine({ write: (text) => written.push(text), terminal: false, interval: 0 });
  const line = trainingLine(plain, "validation");
  const report = { epoch: 3, epochs: 3, loss: 1, accuracy: 0.5, secondsLeft: 0 };
  line.onEpoch({ ...report, testLoss: 2, testAccuracy: 0.4 });
  match(written[0], /· validation: loss 2\.000, 40\.0 % · done\n$/);
  await line.close();
});

Deno.test("trainingLine() says that the training is done", async () => {
  const written: string[] = [];
  const line = trainingLine(
    new LiveLine({ write: (t) => written.push(t), terminal: false, interval: 0 }),
  );
  line.onEpoch({ epoch: 3, epochs: 3, loss: 1, accuracy: 0.5, secondsLeft: 0 });
  strictEqual(written[0], "epoch 3 of 3 · training: loss 1.000, 50.0 % · done\n");
  await line.close();
});
