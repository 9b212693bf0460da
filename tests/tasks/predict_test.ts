import { deepStrictEqual, equal, match, ok, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { encodeWav } from "ser/audio/encode_wav.ts";
import { readSound } from "ser/recognition/read_sound.ts";
import { UsageError } from "ser/tasks/help.ts";
import { main } from "ser/tasks/predict.ts";
import { exampleSound } from "../recognition/example.ts";

const EMODB = new URL("../../data/emodb/", import.meta.url).pathname;

/** Runs the task and gives what it printed, by kind. */
async function run(...args: string[]) {
  const out: string[] = [], err: string[] = [];
  const { log, error } = console;
  console.log = (line: string) => void out.push(line);
  console.error = (line: string) => void err.push(line);
  try {
    return { status: await main(args), out, err };
  } finally {
    Object.assign(console, { log, error });
  }
}

Deno.test("predict --json says all of each recording, in the order of the words", async () => {
  const files = ["08a07Ta.flac", "16a04Wb.flac"].map((name) => join(EMODB, name));
  const { status, out } = await run(
    ...files,
    "--json",
    "--model",
    "cnn-attention",
    "--model",
    "sdnn",
  );
  equal(status, 0);
  const results = out.map((line) => JSON.parse(line));
  deepStrictEqual(results.map(({ file }) => file), files);
  for (const { models, familiar, seconds, cut, secondsPerFrame } of results) {
    deepStrictEqual(Object.keys(models), ["cnn-attention", "sdnn"]);
    for (const { probabilities } of Object.values(models) as { probabilities: object }[]) {
      deepStrictEqual(Object.keys(probabilities), ["anger", "happiness", "neutral", "sadness"]);
      const sum = Object.values(probabilities).reduce((a, b) => a + b, 0);
      ok(Math.abs(sum - 1) < 3e-6); // four rounded to six decimals
    }
    const { attention } = models["cnn-attention"];
    const heard = seconds - cut.before - cut.after;
    equal(attention.length, 1 + Math.floor(heard / secondsPerFrame));
    equal(familiar, true); // of the corpus that the networks learned from
  }
  // of the test part, and what the actor was asked for
  deepStrictEqual(results.map(({ models }) => models["cnn-attention"].emotion), [
    "sadness",
    "anger",
  ]);
});

Deno.test("predict --csv prints a line for each network, with quotes where they are needed", async () => {
  const folder = await Deno.makeTempDir(), file = join(folder, 'a, "b".wav');
  await Deno.writeFile(file, encodeWav(exampleSound(9), 22050));
  const { status, out } = await run(file, "--csv", "--model", "sdnn", "--model", "dbn");
  equal(status, 0);
  equal(
    out[0],
    "file,seconds,cut before,cut after,model,emotion,anger,happiness,neutral,sadness,familiar,reasons,note",
  );
  equal(out.length, 3);
  const quoted = `"${file.replaceAll('"', '""')}"`;
  ok(out[1].startsWith(`${quoted},9.000,0.000,0.000,sdnn,`));
  ok(out[2].startsWith(`${quoted},9.000,0.000,0.000,dbn,`));
  match(out[1], /,false,long .*unlike,$/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("predict reports files that fail and goes on", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(join(folder, "a.wav"), "this is text");
  await Deno.writeTextFile(join(folder, "b.mp3"), "ID3 and more");
  await Deno.copyFile(join(EMODB, "03a01Wa.flac"), join(folder, "c.flac"));
  await Deno.writeFile(join(folder, "d.wav"), encodeWav(exampleSound(0.05), 22050));
  const { status, out, err } = await run(folder, "none.wav", "--model", "sdnn");
  equal(status, 1);
  match(out[0], /^ +length +DNN +file$/);
  equal(out.length, 2);
  match(out[1], /^ +1\.88 s +anger \d\d % +.*c\.flac$/);
  const problems = err.filter((line) => line.startsWith("Cannot"));
  match(problems[0], /^Cannot decode ".*a\.wav": expected a WAV or FLAC file/);
  match(
    problems[1],
    /^Cannot decode ".*b\.mp3": .* received an MP3 file; convert it: ffmpeg -i .*b\.mp3 .*b\.wav$/,
  );
  match(
    problems[2],
    /^Cannot recognise ".*d\.wav": expected at least one frame of 93 ms, received 50\.0 ms/,
  );
  equal(problems[3], 'Cannot read "none.wav": no such file; check the path');
  await Deno.remove(folder, { recursive: true });
});

Deno.test("predict says below a line what is unlike the corpus", async () => {
  const folder = await Deno.makeTempDir(), file = join(folder, "long.wav");
  await Deno.writeFile(file, encodeWav(exampleSound(9), 22050));
  const { out } = await run(file, "--model", "sdnn");
  match(out[2], /^ +! It is longer \(9\.0 s\) than the networks read \(7\.7 s\)/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("predict cuts the silence and says so, unless it is to leave it", async () => {
  const folder = await Deno.makeTempDir(), file = join(folder, "room.wav");
  const { samples } = await readSound(join(EMODB, "03a01Wa.flac"));
  const silent = (seconds: number) => Array.from({ length: 16000 * seconds }, () => 0);
  const write = (file: string, before: number, after: number) =>
    Deno.writeFile(
      file,
      encodeWav([...silent(before), ...samples, ...silent(after)], 16000),
    );
  await write(file, 1, 2);
  const whole = await run(file, "--model", "cnn");
  match(whole.out[1], /^ +4\.88 s +anger .*room\.wav$/); // of the file
  match(
    whole.out[2],
    /^ +- Silence: 1\.0\d s cut off before the speech, [12]\.\d\d s cut off after the speech\.$/,
  );
  equal(whole.out.length, 3); // and no warning
  const json = async (...words: string[]) =>
    JSON.parse((await run(file, "--json", "--model", "cnn", ...words)).out[0]);
  const { cut, seconds, models } = await json();
  equal(seconds, 4.878);
  ok(Math.abs(cut.before - 1) < 0.1 && Math.abs(cut.after - 2) < 0.1, JSON.stringify(cut));
  const original = join(EMODB, "03a01Wa.flac"), other = join(folder, "other.wav");
  await write(other, 2, 1);
  const { out: lines } = await run(original, other, "--json", "--model", "cnn");
  const [asItIs, otherRoom] = lines.map((line) => JSON.parse(line));
  deepStrictEqual(asItIs.cut, { before: 0, after: 0 }); // its silence is usual
  equal(asItIs.models.cnn.emotion, "anger");
  const { probabilities } = otherRoom.models.cnn;
  ok(Math.abs(models.cnn.probabilities.anger - probabilities.anger) < 0.02); // the same speech
  const left = await json("--as-is");
  deepStrictEqual(left.cut, { before: 0, after: 0 });
  deepStrictEqual(left.reasons[0].kind, "silence");
  ok(Math.abs(left.models.cnn.probabilities.anger - probabilities.anger) > 0.1);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("predict refuses what it does not know", async () => {
  await rejects(main([]), {
    name: "UsageError",
    message: "Expected the names of WAV or FLAC files",
  });
  await rejects(main(["a.wav", "--json", "--csv"]), UsageError);
  await rejects(main(["a.wav", "--model", "svm"]), /Expected --model dbn, sdnn, .* received "svm"/);
  await rejects(main(["a.wav", "--corpus", "savee"]), {
    message: 'Expected --corpus emodb, ravdess, received "savee"',
  });
});

Deno.test("predict --help tells how to use it", async () => {
  const { status, out } = await run("--help");
  equal(status, 0);
  match(out[0], /^Usage: deno task predict FILE\.\.\. /);
});
