import { deepStrictEqual, equal, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { decodeAudio } from "ser/audio/decode.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

const FOLDER = join(PROJECT_ROOT, "tests", "fixtures", "flac");
const read = (name: string) => Deno.readFile(join(FOLDER, `${name}.flac`));

/** What make.py wrote, as exact fractions. */
function written(samples: number, channel: number, bits: number): Float32Array {
  const value = (i: number) => {
    const hash = Math.imul(i * 7919 + channel * 104729, 2654435761) >>> 0;
    return ((hash >>> (32 - bits)) - 2 ** (bits - 1)) / 2 ** (bits - 1);
  };
  return Float32Array.from({ length: samples }, (_, i) => value(i));
}

const FILES = [
  { name: "mono_8", samples: 1000, channels: 1, bits: 8, rate: 8000 },
  { name: "stereo_16", samples: 5000, channels: 2, bits: 16, rate: 48000 },
  { name: "mono_24", samples: 5000, channels: 1, bits: 24, rate: 96000 },
  { name: "lost_frame", samples: 4123, channels: 1, bits: 16, rate: 16000 },
];

for (const { name, samples, channels, bits, rate } of FILES) {
  Deno.test(`decodeAudio() gives the exact samples of ${name}.flac`, async () => {
    deepStrictEqual(await decodeAudio(await read(name)), {
      sampleRate: rate,
      channels: Array.from({ length: channels }, (_, c) => written(samples, c, bits)),
      bitsPerSample: bits,
      float: false,
      codec: "flac",
    });
  });
}

Deno.test("decodeAudio() decodes several FLAC files at the same time", async () => {
  const bytes = await Promise.all(FILES.map(({ name }) => read(name)));
  const decoded = await Promise.all(bytes.map((content) => decodeAudio(content)));
  deepStrictEqual(
    decoded.map(({ channels }) => channels[0].length),
    FILES.map(({ samples }) => samples),
  );
});

Deno.test("decodeAudio() says that a FLAC file is truncated, wherever it is cut", async () => {
  const bytes = await read("stereo_16");
  for (const length of [4, 41, 42, 60, 100, 9000, 19000, bytes.length - 1]) {
    await rejects(decodeAudio(bytes.subarray(0, length), "cut.flac"), {
      name: "SyntaxError",
      message:
        /^Cannot decode "cut\.flac": the FLAC file is truncated or damaged: .*; copy or download it again$/,
    });
  }
  await rejects(decodeAudio(bytes.subarray(0, bytes.length - 1), "cut.flac"), {
    message:
      'Cannot decode "cut.flac": the FLAC file is truncated or damaged: its header declares 5000 samples, but 4096 are whole; copy or download it again',
  });
});

Deno.test("decodeAudio() notices a changed byte anywhere in a FLAC file, and logs nothing", async () => {
  const bytes = await read("lost_frame");
  const log = console.error;
  let logged = 0;
  console.error = () => logged++;
  try {
    for (const at of [30, 9000, 4000, bytes.length - 2, bytes.length - 40]) {
      const changed = bytes.slice();
      changed[at < bytes.length ? at : bytes.length - 1] ^= 0x10;
      await rejects(decodeAudio(changed, "bad.flac"), {
        name: "SyntaxError",
        message:
          /^Cannot decode "bad\.flac": the FLAC file is truncated or damaged: .*; copy or download/,
      });
    }
  } finally {
    console.error = log;
  }
  equal(logged, 0);
  equal((await decodeAudio(bytes)).channels[0].length, 4123); // the decoder goes on working
});

Deno.test("decodeAudio() reads a FLAC file without a number of samples or an MD5 sum", async () => {
  const bytes = await read("mono_8");
  bytes[21] &= 0xf0;
  bytes.fill(0, 22, 42);
  deepStrictEqual((await decodeAudio(bytes)).channels[0], written(1000, 0, 8));
});

Deno.test("decodeAudio() refuses FLAC of more than two channels", async () => {
  await rejects(decodeAudio(await read("three_channels"), "a.flac"), {
    name: "RangeError",
    message: 'Cannot decode "a.flac": expected one or two channels, received 3; mix it down first',
  });
});

Deno.test("decodeAudio() refuses FLAC of 32 bits", async () => {
  const bytes = await read("mono_24");
  bytes[20] |= 1; // the highest of the 5 bits that hold the depth less one
  bytes[21] |= 0xf0;
  await rejects(decodeAudio(bytes, "a.flac"), {
    name: "TypeError",
    message:
      'Cannot decode "a.flac": expected FLAC of at most 24 bits, received 32; convert it to 24-bit FLAC',
  });
});
