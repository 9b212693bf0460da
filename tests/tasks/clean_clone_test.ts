import { ok, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { exists } from "ser/support/files.ts";
import { main as paper } from "ser/tasks/paper.ts";
import { makeCheckout } from "./checkout.ts";

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

Deno.test("what a reader runs leaves a fresh clone clean in git's eyes", async () => {
  const clone = await makeCheckout();
  try {
    const grid = JSON.stringify([{ models: ["sdnn"], corpora: ["emodb"], seeds: [5] }]);
    await Deno.writeTextFile(join(clone.root, "outputs", "mine-grid.part"), grid);
    const commands = [
      ["paper", "index", "11"],
      ["train", "--model", "sdnn", "--corpus", "emodb", "--epochs", "2"],
      ["sweep", "--grid", "outputs/mine-grid.part", "--epochs", "2", "--workers", "1"],
    ];
    for (const args of commands) {
      const { success, stdout, stderr } = await clone.task(...args);
      ok(success, `${args.join(" ")}\n${text(stdout)}${text(stderr)}`);
    }
    const mine = join(clone.root, "outputs", "mine");
    const made = ["index.ipynb", "11_reading_the_paper_closely.ipynb", "runs", "sweep"];
    for (const name of made) ok(await exists(join(mine, name)), name);
    strictEqual(await clone.changed(), "");
    const copy = await Deno.readTextFile(join(mine, "index.ipynb"));
    ok(copy.includes("](../../lib)"), "links fit the folder of the copy");
  } finally {
    await clone.remove();
  }
});

Deno.test("paper publishes nothing that was executed in quick mode", async () => {
  await rejects(paper(["--quick", "--publish"]), {
    name: "UsageError",
    message: "Expected --quick or --publish: what is published is executed in full",
  });
});
