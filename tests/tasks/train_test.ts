import { match, rejects, strictEqual } from "node:assert/strict";
import { main } from "ser/tasks/train.ts";

Deno.test("train refuses a wrong split before it loads anything", async () => {
  const usage = (args: string, message: RegExp) =>
    rejects(main(args.split(" ")), { name: "UsageError", message });
  await usage("--split actors", /split to be one of "random", "stratified", .*, received "actors"/);
  await usage("--split speaker-independent", /fold to be a whole number from 1 to 5, .* received/);
  await usage("--split speaker-independent --corpus savee --fold 5", /from 1 to 4, .* received 5/);
  await usage("--fold 1", /fold to be absent, since the seed decides a random split, received 1/);
  await usage(
    "--corpus savee --split sentence-independent --fold 1",
    /Cannot divide SAVEE by sentence: expected to know which recordings have the same words/,
  );
});

Deno.test("train --help lists the splits", async () => {
  const printed: string[] = [], log = console.log;
  console.log = (text) => printed.push(text);
  try {
    strictEqual(await main(["--help"]), 0);
  } finally {
    console.log = log;
  }
  match(
    printed.join(),
    /--split NAME +random, stratified, speaker-independent, sentence-independent/,
  );
});
