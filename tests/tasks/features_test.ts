import { deepStrictEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { fileFeatures } from "ser/features/extract.ts";
import { main } from "ser/tasks/features.ts";
import { wav16 } from "../audio/wav_bytes.ts";

const samples = Array.from({ length: 8000 }, (_, i) => Math.round(9000 * Math.sin(i * i / 40000)));

/** Runs the task on a folder with a good and a bad file, and gives what it printed. */
async function run(argsFor: (good: string, bad: string) => string[]) {
  const folder = await Deno.makeTempDir();
  const good = join(folder, "good.wav"), bad = join(folder, "bad.wav");
  await Deno.writeFile(good, wav16(samples));
  await Deno.writeTextFile(bad, "not audio");
  const out: string[] = [], err: string[] = [];
  const { log, error } = console;
  console.log = (line: string) => void out.push(line);
  console.error = (line: string) => void err.push(line);
  try {
    const status = await main(argsFor(good, bad));
    return { status, out, err, good, bad, features: await fileFeatures(good) };
  } finally {
    Object.assign(console, { log, error });
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("features --json prints one object per file, in float32 precision", async () => {
  const { status, out, err, good, features } = await run((good) => [good, "--json", good]);
  deepStrictEqual([status, out.length, err.length], [0, 2, 0]);
  const { mfcc, ...about } = JSON.parse(out[0]);
  deepStrictEqual(about, { file: good, sampleRate: 22050, samples: 11025, frames: 22 });
  deepStrictEqual([mfcc.length, mfcc[0].length], [22, 40]);
  mfcc.flat().forEach((value: number, i: number) => {
    ok(Math.abs(value - features.mfcc.data[i]) <= 5e-7 * Math.abs(value)); // 7 digits
  });
});

Deno.test("features prints a table line per file", async () => {
  const { status, out } = await run((good) => [good]);
  equal(status, 0);
  match(out[0], /^rate \(Hz\) +length \(s\) +frames +mean c0 .* mean c4 +file$/);
  match(out[1], /^ +16000 +0\.500 +22( +-?\d+\.\d\d){5} +\S*good\.wav$/);
  equal(out[0].indexOf("file"), out[1].length - out[1].trimStart().split(/\s+/).at(-1)!.length);
});

Deno.test("features reports a file that fails, goes on and ends with status 1", async () => {
  const { status, out, err, good, bad } = await run((good, bad) => [bad, "no.wav", good, "--json"]);
  equal(status, 1);
  equal(JSON.parse(out[0]).file, good);
  deepStrictEqual(err.filter((line) => line.startsWith("Cannot")), [
    `Cannot decode "${bad}": expected a WAV or FLAC file, received one that begins with "not audio"; convert it to WAV or FLAC`,
    'Cannot read "no.wav": no such file; check the path',
  ]);
});

Deno.test("features --help tells how to use it", async () => {
  const { status, out } = await run(() => ["--help"]);
  equal(status, 0);
  match(out[0], /^Usage: deno task features FILE\.\.\. \[--list FILE\] \[--json\]\n/);
});

Deno.test("features names the right option for a wrong one, and wants a file", async () => {
  await rejects(main(["--jsn"]), {
    name: "UsageError",
    message: "Unknown option '--jsn' (did you mean \"--json\"?)",
  });
  await rejects(main([]), { message: "Expected the names of WAV or FLAC files" });
});
