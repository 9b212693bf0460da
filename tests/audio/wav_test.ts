import { deepStrictEqual, equal, rejects } from "node:assert/strict";
import * as path from "@std/path";
import { decodeAudio } from "ser/audio/decode.ts";
import { exists, PROJECT_ROOT } from "ser/support/files.ts";
import { bytesOf, chunk, type Format, format, join, wav, wav16 } from "./wav_bytes.ts";

const samplesOf = async (bytes: Uint8Array) =>
  (await decodeAudio(bytes, "test.wav")).channels.map((channel) => Array.from(channel));

/** Stored bytes, and the numbers that they mean. */
const FORMATS: { name: string; format: Format; data: Uint8Array; expected: number[] }[] = [
  {
    name: "8-bit",
    format: { bits: 8 },
    data: new Uint8Array([0, 128, 255]),
    expected: [-1, 0, 127 / 128],
  },
  {
    name: "16-bit",
    format: {},
    data: bytesOf(new Int16Array([-32768, -1, 0, 1, 32767])),
    expected: [-1, -1 / 32768, 0, 1 / 32768, 32767 / 32768],
  },
  {
    name: "24-bit",
    format: { bits: 24 },
    data: new Uint8Array([0, 0, 0x80, 0xff, 0xff, 0xff, 1, 0, 0, 0xff, 0xff, 0x7f]),
    expected: [-1, -(2 ** -23), 2 ** -23, 1 - 2 ** -23],
  },
  {
    name: "32-bit",
    format: { bits: 32 },
    data: bytesOf(new Int32Array([-(2 ** 31), 2 ** 30, 1, 2 ** 31 - 1])),
    expected: [-1, 0.5, 2 ** -31, 1], // the largest is rounded to float32
  },
  {
    name: "float",
    format: { codec: 3, bits: 32 },
    data: bytesOf(new Float32Array([-1, 0.1, 1.5])),
    expected: [-1, Math.fround(0.1), 1.5],
  },
  {
    name: "64-bit float",
    format: { codec: 3, bits: 64 },
    data: bytesOf(new Float64Array([-1, 0.1, 0.25])),
    expected: [-1, Math.fround(0.1), 0.25],
  },
];

for (const { name, format: options, data, expected } of FORMATS) {
  for (const extensible of [false, true]) {
    const label = `${name}${extensible ? ", extensible" : ""}`;
    Deno.test(`decodeAudio() reads a WAV file: ${label}`, async () => {
      const bytes = wav(format({ ...options, extensible }), chunk("data", data));
      deepStrictEqual(await samplesOf(bytes), [expected]);
    });
  }
}

Deno.test("decodeAudio() describes what it read", async () => {
  const stereo = { channels: 2, sampleRate: 44100, codec: 3, bits: 32 };
  const data = chunk("data", bytesOf(new Float32Array([0.5, -0.5, 0.25, -0.25])));
  deepStrictEqual(await decodeAudio(wav(format(stereo), data)), {
    sampleRate: 44100,
    channels: [new Float32Array([0.5, 0.25]), new Float32Array([-0.5, -0.25])],
    bitsPerSample: 32,
    float: true,
    codec: "wav",
  });
});

Deno.test("decodeAudio() passes over odd chunks before and after the samples", async () => {
  const odd = chunk("LIST", new Uint8Array([1, 2, 3]));
  const filler = chunk("FLLR", new Uint8Array(4044)); // as RAVDESS has it
  const data = chunk("data", bytesOf(new Int16Array([16384])));
  deepStrictEqual(await samplesOf(wav(odd, format(), filler, odd, data, odd)), [[0.5]]);
});

Deno.test("decodeAudio() reads a file inside a larger buffer, at an odd offset", async () => {
  const bytes = wav16([16384, -16384]);
  const buffer = join(new Uint8Array(3), bytes, new Uint8Array(5));
  deepStrictEqual(await samplesOf(buffer.subarray(3, 3 + bytes.length)), [[0.5, -0.5]]);
});

const NOTE = (bytes: number) =>
  `its header does not say how long it is (its recorder wrote to a pipe or was interrupted): read to the end, ${bytes} bytes of samples`;

const DATA = bytesOf(new Int16Array([16384, -8192]));
/** Sizes of "RIFF" and of "data" that writers leave who do not know them. */
const UNKNOWN_SIZES = [
  [0x7ffff024, 0x7ffff000], // sox
  [0x80000024, 0x80000000], // arecord
  [0x80000023, 0x7fffffff],
  [0xffffffff, 0xffffffff], // ffmpeg
  [0, 0],
  [36, 0], // interrupted
  [0xffffffff, 0],
];

for (const [riff, data] of UNKNOWN_SIZES) {
  const sizes = [riff, data].map((size) => `0x${size.toString(16)}`).join(" and ");
  Deno.test(`decodeAudio() reads a WAV file of sizes ${sizes} to the end, and says so`, async () => {
    for (const rest of [0, 1]) { // half a sample is left over
      const bytes = join(
        chunk("RIFF", new TextEncoder().encode("WAVE"), riff),
        format(),
        chunk("data", DATA, data),
        new Uint8Array(rest),
      );
      const audio = await decodeAudio(bytes);
      deepStrictEqual(audio.channels, [new Float32Array([0.5, -0.25])]);
      equal(audio.note, NOTE(4));
    }
  });
}

Deno.test("decodeAudio() refuses a WAV file of fewer bytes than it plausibly declares", async () => {
  for (const size of [5, 1e6, 0x7ffeffff]) {
    await rejects(decodeAudio(wav(format(), chunk("data", DATA, size)), "cut.wav"), {
      message:
        `Cannot decode "cut.wav": the file is truncated: its header declares ${size} bytes of samples, but 4 are there; copy or download it again`,
    });
  }
});

Deno.test("decodeAudio() reads the recordings of programs that did not know the size", async (t) => {
  const folder = path.join(PROJECT_ROOT, "..", "shared", "cases", "wav");
  if (!await exists(folder)) return console.log(`Skipping: no recordings in "${folder}"`);
  const original = path.join(PROJECT_ROOT, "data", "emodb", "03a01Wa.flac");
  const { channels } = await decodeAudio(await Deno.readFile(original));
  for (
    const name of ["sox_pipe", "arecord_pipe", "ffmpeg_pipe", "int_max", "interrupted_recorder"]
  ) {
    await t.step(name, async () => {
      const audio = await decodeAudio(await Deno.readFile(path.join(folder, `${name}.wav`)), name);
      equal(audio.note, NOTE(2 * audio.channels[0].length));
      deepStrictEqual(audio.channels, channels);
    });
  }
});

Deno.test("decodeAudio() refuses a float WAV file with one bit flipped that makes a sample absurd", async () => {
  for (const value of [0.25, -0.061, 1e-5]) {
    const data = bytesOf(new Float32Array([0, 0.5, value]));
    data[11] ^= 0x40; // the highest bit of the exponent
    const bytes = wav(format({ codec: 3, bits: 32 }), chunk("data", data));
    await rejects(decodeAudio(bytes), {
      message: /received -?\S+e\+3\d at sample 2 \(0\.000125 s\)/,
    });
  }
});

/** RF64: the sizes stand in the chunk "ds64". */
function rf64(size: bigint, data: Uint8Array): Uint8Array {
  const sizes = new DataView(new ArrayBuffer(28));
  sizes.setBigUint64(8, size, true);
  const chunks = [chunk("ds64", bytesOf(sizes)), format(), chunk("data", data, 0xffffffff)];
  return join(chunk("RF64", new TextEncoder().encode("WAVE"), 0xffffffff), ...chunks);
}

Deno.test("decodeAudio() reads RF64, and says that it is truncated", async () => {
  deepStrictEqual(await samplesOf(rf64(4n, join(DATA, chunk("LIST", DATA)))), [[0.5, -0.25]]);
  await rejects(decodeAudio(rf64(5_000_000_000n, DATA)), {
    message: /truncated: its header declares 5000000000 bytes of samples, but 4 are there/,
  });
});

Deno.test("decodeAudio() says that a recording is empty where other chunks follow", async () => {
  const bytes = wav(format(), chunk("data", new Uint8Array()), chunk("LIST", DATA));
  await rejects(decodeAudio(bytes), { message: /received 0; the recording is empty$/ });
});

for (const sampleRate of [8000, 192000]) {
  Deno.test(`decodeAudio() reads ${sampleRate} Hz`, async () => {
    equal((await decodeAudio(wav16([1], sampleRate))).sampleRate, sampleRate);
  });
}

Deno.test("decodeAudio() says that a WAV file is truncated, wherever it is cut", async () => {
  const bytes = wav16([1, 2, 3]);
  for (let length = 12; length < bytes.length; length++) {
    await rejects(decodeAudio(bytes.subarray(0, length), "cut.wav"), {
      name: "SyntaxError",
      message: /^Cannot decode "cut\.wav": the file is truncated: .*; copy or download it again$/,
    });
  }
  await rejects(decodeAudio(bytes.subarray(0, bytes.length - 1), "cut.wav"), {
    message:
      'Cannot decode "cut.wav": the file is truncated: its header declares 6 bytes of samples, but 5 are there; copy or download it again',
  });
});

const SAMPLE = chunk("data", new Uint8Array(8));
const REFUSED: { name: string; bytes: Uint8Array; error: string; message: RegExp }[] = [
  {
    name: "no sample",
    bytes: wav16([]),
    error: "RangeError",
    message: /expected samples, received 0/,
  },
  {
    name: "three channels",
    bytes: wav(format({ channels: 3 }), SAMPLE),
    error: "RangeError",
    message: /expected one or two channels, received 3; mix it down first$/,
  },
  {
    name: "4 kHz",
    bytes: wav16([1], 4000),
    error: "RangeError",
    message: /from 8000 to 192000 Hz, received 4000; resample it first$/,
  },
  {
    name: "mu-law",
    bytes: wav(format({ codec: 7, bits: 8 }), SAMPLE),
    error: "TypeError",
    message: /received mu-law of 8 bits; convert it: ffmpeg -i bad\.wav bad\.converted\.wav$/,
  },
  {
    name: "an unknown codec",
    bytes: wav(format({ codec: 0x1234 }), SAMPLE),
    error: "TypeError",
    message: /received codec 0x1234 of 16 bits/,
  },
  {
    name: "samples before the format",
    bytes: wav(SAMPLE, format()),
    error: "SyntaxError",
    message: /header is damaged: expected a chunk "fmt " before the samples, received none/,
  },
  {
    name: "a short format",
    bytes: wav(chunk("fmt ", new Uint8Array(14)), SAMPLE),
    error: "SyntaxError",
    message: /expected a chunk "fmt " of >= 16 bytes, received 14/,
  },
  {
    name: "half a sample",
    bytes: wav(format(), chunk("data", new Uint8Array(3))),
    error: "SyntaxError",
    message: /expected frames of 2 bytes, received 3 bytes in frames of 2/,
  },
];

for (const { name, bytes, error, message } of REFUSED) {
  Deno.test(`decodeAudio() refuses a WAV file with ${name}`, async () => {
    await rejects(decodeAudio(bytes, "bad.wav"), { name: error, message });
  });
}
