/** The tasks as processes: pipes, odd names, lists. @module */
import { deepStrictEqual, equal, match, ok } from "node:assert/strict";
import { join } from "@std/path";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { bytesOf, chunk, format, wav, wav16 } from "../audio/wav_bytes.ts";

const samples = Array.from({ length: 8000 }, (_, i) => Math.round(9000 * Math.sin(i * i / 40000)));
const SOUND = wav16(samples);

/** Runs a task in a folder. */
async function task(cwd: string, args: string[], input?: Uint8Array) {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-check", "-A", join(PROJECT_ROOT, "lib", "tasks", "mod.ts"), ...args],
    cwd,
    env: { INIT_CWD: cwd },
    stdin: input ? "piped" : "null",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  if (input) await new Blob([input as BlobPart]).stream().pipeTo(child.stdin);
  const { code, stdout, stderr } = await child.output();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, out: text(stdout).split("\n").slice(0, -1), err: text(stderr) };
}

async function inFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.realPath(await Deno.makeTempDir());
  try {
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("features reads standard input, and lists of 10,000 files", async () => {
  await inFolder(async (folder) => {
    const piped = await task(folder, ["features", "-", "--json"], SOUND);
    deepStrictEqual([piped.code, JSON.parse(piped.out[0]).file], [0, "-"]);
    await Deno.writeFile(join(folder, "a b.wav"), SOUND);
    const list = new TextEncoder().encode("a b.wav\nnone.wav\n".repeat(5000));
    const { code, out, err } = await task(folder, ["features", "--list", "-"], list);
    deepStrictEqual([code, out.length], [1, 5001]); // the first line is a head
    match(err, /5000 files read, 5000 could not be\n$/);
  });
});

Deno.test("features and predict go on after any file, and end with status 1 and a summary", async () => {
  await inFolder(async (folder) => {
    await Deno.writeFile(join(folder, "z.wav"), SOUND);
    await Deno.symlink("loop.wav", join(folder, "loop.wav"));
    await Deno.symlink(folder, join(folder, "up"));
    await new Deno.Command("mkfifo", { args: [join(folder, "pipe.wav")] }).output();
    await Deno.writeTextFile(join(folder, "b.caf"), "caff\0\x01\0\0desc");
    await Deno.writeTextFile(join(folder, "c.txt"), "");
    const long = `${"x".repeat(300)}.wav`;
    for (const args of [["features", "--json"], ["predict", "--model", "sdnn", "--json"]]) {
      const { code, out, err } = await task(folder, [...args, ".", long, "/dev/zero", "z.wav"]);
      equal(code, 1);
      deepStrictEqual(out.map((line) => JSON.parse(line).file), ["z.wav", "z.wav"]);
      for (
        const said of [
          'Cannot decode "b.caf": expected a WAV or FLAC file, received a CAF file; convert it: ffmpeg -i b.caf b.wav\n',
          'Cannot read "loop.wav": too many levels of symbolic links\n',
          'Cannot read "pipe.wav": expected a regular file, received a pipe; ',
          `Cannot read "${long}": file name too long\n`,
          'Cannot read "/dev/zero": expected a regular file, received a device; ',
          'Passed over "c.txt": its name does not end as that of a sound file\n',
          'Passed over "up": this folder was gone through\n',
          ", 5 could not be\n",
        ]
      ) ok(err.includes(said), `${said}\n${err}`);
    }
  });
});

Deno.test("features and predict say that a header does not tell how long a recording is", async () => {
  const bytes = wav(format(), chunk("data", bytesOf(Int16Array.from(samples)), 0xffffffff));
  const note =
    "its header does not say how long it is (its recorder wrote to a pipe or was interrupted): read to the end, 16000 bytes of samples";
  await inFolder(async (folder) => {
    await Deno.writeFile(join(folder, "a.wav"), bytes);
    for (const name of [["features"], ["predict", "--model", "sdnn"]]) {
      const text = await task(folder, [...name, "a.wav"]);
      equal(text.out.filter((line) => line.endsWith(`! ${note}`)).length, 1);
      equal(JSON.parse((await task(folder, [...name, "a.wav", "--json"])).out[0]).note, note);
    }
    const csv = await task(folder, ["predict", "--model", "sdnn", "--csv", "a.wav"]);
    ok(csv.out[1].endsWith(`,"${note}"`));
  });
});

Deno.test("features and predict show control characters of names escaped, and CSV has no formula", async () => {
  await inFolder(async (folder) => {
    const names = ["=1+1.wav", "@a\x1b[2J.wav", "-1.wav", "\x1b]0;bad.wav"];
    await Deno.writeFile(join(folder, names[0]), SOUND);
    await Deno.writeFile(join(folder, names[1]), SOUND);
    await Deno.writeFile(join(folder, "\x1b.caf"), new TextEncoder().encode("caff"));
    await Deno.writeTextFile(join(folder, "\x07.txt"), "");
    for (
      const args of [["features"], ["predict", "--model", "sdnn", "--csv"], [
        "predict",
        "--model",
        "sdnn",
      ]]
    ) {
      const { out, err } = await task(folder, [...args, ".", "--", names[2], names[3]]);
      // deno-lint-ignore no-control-regex
      ok(!/[\x00-\x09\x0b-\x1f\x7f]/.test(out.join("\n") + err), `${out.join("\n")}${err}`);
      ok(err.includes('"\\x1b]0;bad.wav"') && err.includes('"\\x07.txt"'));
      ok(err.includes("ffmpeg -i $'\\x1b.caf' $'\\x1b.wav'"));
      if (args.includes("--csv")) {
        deepStrictEqual(out.slice(1).map((line) => line.split(",")[0]), [
          "'=1+1.wav",
          "'@a\\x1b[2J.wav",
        ]);
      }
    }
  });
});
