import { deepStrictEqual, equal, rejects } from "node:assert/strict";
import { join } from "@std/path";
import { decodeAudio } from "ser/audio/decode.ts";
import { exists, PROJECT_ROOT } from "ser/support/files.ts";
import { flac } from "./flac_bytes.ts";

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
      'Cannot decode "cut.flac": the FLAC file is truncated or damaged: frame 2 is not whole, after 4096 of 5000 samples; copy or download it again',
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
      'Cannot decode "a.flac": expected FLAC of 8, 16 or 24 bits, received 32; convert it: ffmpeg -i a.flac a.wav',
  });
});

const RAMP = Array.from({ length: 500 }, (_, i) => 60 * i - 15000);
const asFloats = (values: number[]) => Float32Array.from(values, (value) => value / 32768);

Deno.test("decodeAudio() reads FLAC frames that leave rate and bits to STREAMINFO, and that say them", async () => {
  for (const codes of [{}, { rateCode: 5, bitsCode: 4 }, { rateCode: 5 }, { bitsCode: 4 }]) {
    for (const options of [{}, { variable: true }, { firstNumber: 70_000 }, { total: 0 }]) {
      const { channels } = await decodeAudio(flac(RAMP, { ...codes, ...options }));
      deepStrictEqual(channels, [asFloats(RAMP)]);
    }
  }
});

Deno.test("decodeAudio() reads FLAC behind an ID3 tag, and with metadata", async () => {
  const tag = new Uint8Array(10 + 300);
  tag.set([0x49, 0x44, 0x33, 4, 0, 0, 0, 0, 2, 44]); // "ID3", 2 * 128 + 44 bytes
  const metadata = [
    { type: 4, content: new Uint8Array(12) },
    { type: 3, content: new Uint8Array(36) },
    { type: 1, content: new Uint8Array(0) },
  ];
  const plain = flac(RAMP, { metadata, rateCode: 5, bitsCode: 4 });
  const bytes = new Uint8Array([...tag, ...plain]);
  deepStrictEqual((await decodeAudio(bytes)).channels, [asFloats(RAMP)]);
});

/** What `flac -t` refuses, too, or is no FLAC by RFC 9639. */
const REFUSED: [string, Uint8Array, RegExp][] = [
  [
    "another rate in its frames",
    flac(RAMP, { rateCode: 8 }),
    /expected frame 1 of 16000 Hz and 16 bits, as .*, at byte 42, received something else/,
  ],
  [
    "other bits in its frames",
    flac(RAMP, { bitsCode: 6 }),
    /expected frame 1 of 16000 Hz and 16 bits, as .*, at byte 42, received something else/,
  ],
  [
    "reserved bits in its frames",
    flac(RAMP, { bitsCode: 3 }),
    /expected frame 1 of 16000 Hz and 16 bits, as .*, at byte 42, received something else/,
  ],
  [
    "more samples than declared",
    flac(RAMP, { total: 499 }),
    /declares 499 samples, but its frames have 500/,
  ],
  [
    "fewer samples than declared",
    flac(RAMP, { total: 501 }),
    /declares 501 samples, but its frames have 500/,
  ],
  [
    "more behind the frames",
    new Uint8Array([...flac(RAMP, { total: 0 }), 1]),
    /frame 3 is not whole/,
  ],
  [
    "another STREAMINFO",
    flac(RAMP, { metadata: [{ type: 0, content: new Uint8Array(34) }] }),
    /block 1/,
  ],
  [
    "half a seek point",
    flac(RAMP, { metadata: [{ type: 3, content: new Uint8Array(9) }] }),
    /block 1/,
  ],
  [
    "an invalid block",
    flac(RAMP, { metadata: [{ type: 127, content: new Uint8Array(9) }] }),
    /type 127/,
  ],
  [
    "a block longer than the file",
    flac(RAMP, { metadata: [{ type: 1, content: new Uint8Array(9), length: 1e6 }] }),
    /of type 1 and 1000000 bytes/,
  ],
];

for (const [name, bytes, message] of REFUSED) {
  Deno.test(`decodeAudio() refuses a FLAC file with ${name}`, async () => {
    await rejects(decodeAudio(bytes), { name: "SyntaxError", message });
  });
}

Deno.test("decodeAudio() refuses FLAC frames that are damaged, missing or twice, without an MD5 sum", async () => {
  const whole = flac(RAMP, { total: 0 }), size = (whole.length - 42 - 243) / 2;
  const frames = [0, 1, 2].map((i) => whole.subarray(42 + i * size, 42 + (i + 1) * size));
  const of = (...order: number[]) =>
    decodeAudio(
      new Uint8Array([...whole.subarray(0, 42), ...order.flatMap((i) => [...frames[i]])]),
    );
  deepStrictEqual((await of(0, 1, 2)).channels, [asFloats(RAMP)]);
  await rejects(of(0, 2), { message: /frame 2: expected number 1, received 2/ });
  await rejects(of(0, 0, 1), { message: /frame 2: expected number 1, received 0/ });
  for (let at = 42; at < whole.length; at += 7) {
    await rejects(decodeAudio(whole.with(at, whole[at] ^ 4)), { name: "SyntaxError" });
  }
});

Deno.test("decodeAudio() refuses frames with a right checksum and wrong content, and goes on", async () => {
  const whole = flac(RAMP, { variable: true, total: 0 });
  for (let i = 0; i < 20; i++) { // a reserved kind of subframe in the first frame
    const bad = flac(RAMP, { subframe: 2, total: 0 });
    await rejects(decodeAudio(bad), { message: /frame 1 of 3 is not whole/ });
    deepStrictEqual((await decodeAudio(whole)).channels, [asFloats(RAMP)]);
  }
});

Deno.test("decodeAudio() judges damaged FLAC files as flac -t does", async () => {
  const folder = join(PROJECT_ROOT, "..", "shared", "cases", "flac");
  if (!await exists(folder)) return console.log(`Skipping: no files in "${folder}"`);
  for (const name of ["rate_bit", "no_md5_damaged_middle"]) {
    const bytes = await Deno.readFile(join(folder, `${name}.flac`));
    await rejects(decodeAudio(bytes, name), {
      name: "SyntaxError",
      message: /is truncated or damaged/,
    });
  }
});
