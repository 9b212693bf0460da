import { deepStrictEqual, equal, ok, rejects, throws } from "node:assert/strict";
import { join } from "@std/path";
import { loadSignal, readAudioFile } from "ser/audio/load.ts";
import { resample } from "ser/audio/resample.ts";
import { bytesOf, chunk, format, wav, wav16 } from "./wav_bytes.ts";

async function inFolder(bytes: Uint8Array, use: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const path = join(folder, "test.wav");
    await Deno.writeFile(path, bytes);
    await use(path);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("loadSignal() averages the channels and resamples to 22,050 Hz", async () => {
  const left = Float32Array.from({ length: 4800 }, (_, i) => Math.sin(i / 20));
  const interleaved = Float32Array.from({ length: 9600 }, (_, i) => i % 2 ? 0 : left[i / 2]);
  const stereo = format({ codec: 3, bits: 32, channels: 2, sampleRate: 48000 });
  await inFolder(wav(stereo, chunk("data", bytesOf(interleaved))), async (path) => {
    deepStrictEqual(await loadSignal(path), {
      samples: resample(left.map((value) => value / 2), 48000, 22050),
      sampleRate: 22050,
      sourceRate: 48000,
      path,
    });
    equal((await loadSignal(path, { sampleRate: 24000 })).samples.length, 2400);
  });
});

Deno.test("loadSignal() refuses a recording shorter than one frame", async () => {
  await inFolder(wav16(new Array(1000).fill(1), 22050), async (path) => {
    await rejects(loadSignal(path), {
      name: "RangeError",
      message:
        `Cannot use "${path}": expected at least one frame of 2048 samples (92.9 ms at 22050 Hz), received 1000 (45.4 ms); the recording is too short`,
    });
    equal((await loadSignal(path, { minSamples: 1000 })).samples.length, 1000);
  });
});

Deno.test("loadSignal() names the file in every error", async () => {
  await rejects(loadSignal("no/such.wav"), {
    name: "NotFound",
    message: 'Cannot read "no/such.wav": no such file; check the path',
  });
  const folder = await Deno.makeTempDir();
  await rejects(loadSignal(folder), {
    name: "TypeError",
    message: `Cannot read "${folder}": expected an audio file, received a folder`,
  });
  await Deno.remove(folder);
  await inFolder(new Uint8Array(0), async (path) => {
    await rejects(loadSignal(path), { name: "SyntaxError", message: new RegExp(`"${path}"`) });
  });
});

Deno.test("readAudioFile() reads regular files alone, and waits for nothing else", async () => {
  const folder = await Deno.makeTempDir(), pipe = join(folder, "pipe.wav");
  const socket = Deno.listen({ transport: "unix", path: join(folder, "socket.wav") });
  await new Deno.Command("mkfifo", { args: [pipe] }).output();
  const kinds = { [pipe]: "a pipe", [socket.addr.path]: "a socket", "/dev/zero": "a device" };
  for (const [path, kind] of Object.entries(kinds)) {
    throws(() => readAudioFile(path), {
      name: "TypeError",
      message:
        `Cannot read "${path}": expected a regular file, received ${kind}; save it as a file, or give "-" and send it to standard input`,
    });
  }
  socket.close();
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readAudioFile() names what the system refuses", async () => {
  const folder = await Deno.makeTempDir();
  const [a, b] = ["a.wav", "b.wav"].map((name) => join(folder, name));
  await Deno.symlink(a, b);
  await Deno.symlink(b, a);
  throws(() => readAudioFile(a), {
    message: `Cannot read "${a}": too many levels of symbolic links`,
  });
  const long = `${"x".repeat(300)}.wav`;
  throws(() => readAudioFile(long), { message: `Cannot read "${long}": file name too long` });
  throws(() => readAudioFile("deno.json/a.wav"), {
    message: 'Cannot read "deno.json/a.wav": not a directory',
  });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("readAudioFile() counts the bytes that it reads", async () => {
  await inFolder(new Uint8Array(1000).map((_, i) => i), (path) => {
    const expected = new Uint8Array(1000).map((_, i) => i);
    for (const most of [1000, 1001, 1e9]) deepStrictEqual(readAudioFile(path, most), expected);
    throws(() => readAudioFile(path, 999), {
      name: "RangeError",
      message:
        `Cannot read "${path}": expected at most 0.000999 MB, received more; cut it into parts`,
    });
    return Promise.resolve();
  });
  // a file of no size as the system says, that has content
  ok(readAudioFile("/proc/self/maps").length > 1000);
  throws(() => readAudioFile("/proc/self/maps", 100), { name: "RangeError" });
});
