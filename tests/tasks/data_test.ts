import { deepStrictEqual, match, rejects, strictEqual } from "node:assert/strict";
import { join } from "@std/path";
import { main } from "ser/tasks/data.ts";
import { exists, PROJECT_ROOT } from "ser/support/files.ts";
import { UsageError } from "ser/tasks/help.ts";
import { noiseWav, put, withEnv } from "../corpora/synthetic.ts";

/** Runs the task with SER_DATA and keeps what it prints, errors too. */
async function run(args: string[], data?: string): Promise<{ code: number; text: string }> {
  const { log, error } = console;
  const lines: unknown[] = [];
  console.log = console.error = (line: unknown) => void lines.push(line);
  try {
    const code = await withEnv("SER_DATA", data, () => main(args));
    return { code, text: lines.join("\n") };
  } finally {
    Object.assign(console, { log, error });
  }
}

Deno.test("data --help names every word", async () => {
  const { code, text } = await run(["--help"]);
  strictEqual(code, 0);
  match(text, /^Usage: deno task data \[ravdess \| savee \| emodb \| check \[CORPUS\.\.\.\]\]/);
  for (const word of ["ravdess", "savee", "emodb", "check"]) {
    match(text, new RegExp(`^  ${word} `, "m"));
  }
});

Deno.test("data lists the right words for a wrong one", async () => {
  const wrong = (args: string[], message: string) => rejects(main(args), new UsageError(message));
  await wrong(
    ["ravdes"],
    'Expected one of ravdess, savee, emodb, check, received "ravdes" (did you mean "ravdess"?)',
  );
  await wrong(["check", "xyz"], 'Expected a corpus, one of ravdess, savee, emodb, received "xyz"');
  await wrong(["savee", "now"], 'Expected nothing more, received "now"');
});

Deno.test("data lists what is found and what is wrong with it", async () => {
  const data = await Deno.makeTempDir();
  await put(join(data, "savee"), "DC/a01.wav", noiseWav(1));
  await put(join(data, "ravdess"), "readme.pdf", new Uint8Array());
  const { code, text } = await run([], data);
  strictEqual(code, 1);
  match(text, new RegExp(`^Looked in "${data}" and "data":\n`));
  match(text, /^RAVDESS: .*not as published\n {2}missing: .*only 1 \.pdf/m);
  match(text, /^SAVEE: .*not as published\n {2}missing: 479 recordings \(DC_a02, /m);
  match(text, /^EmoDB excerpt: "data\/emodb", all 188 files$/m);
});

const ownSavee = await exists(join(PROJECT_ROOT, "data", "savee"));
Deno.test({
  name: `data savee says where to register${ownSavee ? " (left out: data/savee is there)" : ""}`,
  ignore: ownSavee,
  fn: async () => {
    const error = await run(["savee"], await Deno.makeTempDir()).catch((error) => error);
    const { name, message: text } = error;
    strictEqual(name, "CorpusError");
    match(text, /^Cannot find SAVEE: nothing in .*"data\/savee"; register at http:\/\/kahlan/);
    match(text, /put the folders DC, JE, JK and KL of its AudioData into data\/savee/);
  },
});

Deno.test("data emodb tells about the excerpt", async () => {
  const { code, text } = await run(["emodb"]);
  deepStrictEqual([code, text.split("\n").slice(0, 2)], [0, [
    'EmoDB excerpt is in "data/emodb", all 188 files',
    "Licence: CC0 1.0",
  ]]);
});

Deno.test("data check compares the samples", async () => {
  const good = await run(["check", "emodb"]);
  deepStrictEqual(good, {
    code: 0,
    text: 'EmoDB excerpt: "data/emodb", 188 of 188 recordings as published',
  });
  const data = await Deno.makeTempDir();
  await put(join(data, "savee"), "DC/a01.wav", noiseWav(1));
  const { code, text } = await run(["check", "savee"], data);
  strictEqual(code, 1);
  match(text, /0 of 480 recordings good, the others are not\n {2}missing: 479/);
  match(text, /altered: 1 recording \(DC_a01\): expected 44100 Hz, received 22050 Hz: a resampled/);
});
