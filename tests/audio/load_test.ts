import { deepStrictEqual, equal, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { loadSignal } from "ser/audio/load.ts";
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
