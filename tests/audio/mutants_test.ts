/**
 * Damaged files: whatever they hold, they are decoded or refused in words. Runs a few hundred;
 * SER_MUTANTS=100000 runs so many. @module
 */
import { ok } from "node:assert/strict";
import { join } from "@std/path";
import { MOST_AMPLITUDE } from "ser/audio/audio.ts";
import { decodeAudio } from "ser/audio/decode.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";
import { flac } from "./flac_bytes.ts";
import { mutant } from "./mutants.ts";
import { bytesOf, chunk, format, wav } from "./wav_bytes.ts";

const COUNT = Number(Deno.env.get("SER_MUTANTS") ?? 600);
/** Files that `flac -t` is asked about at once. */
const BATCH = 100;

const RAMP = Array.from({ length: 700 }, (_, i) => (37 * i * i) % 5000 - 2500);
const FLOATS = new Float32Array(RAMP.map((value) => value / 32768));
const fixture = (name: string) =>
  Deno.readFileSync(join(PROJECT_ROOT, "tests", "fixtures", "flac", `${name}.flac`));

/** Without a number of samples or an MD5 sum, so that the frames alone tell what is damaged. */
function bare(bytes: Uint8Array): Uint8Array {
  bytes[21] &= 0xf0;
  return bytes.fill(0, 22, 42);
}

const WAVS = [
  wav(format(), chunk("data", bytesOf(Int16Array.from(RAMP)))),
  wav(format({ codec: 3, bits: 32, channels: 2 }), chunk("data", bytesOf(FLOATS))),
  wav(
    chunk("LIST", new Uint8Array(5)),
    format({ bits: 24, extensible: true }),
    chunk("data", new Uint8Array(600)),
  ),
];
const FLACS = [
  fixture("mono_8"),
  bare(fixture("mono_8")),
  fixture("lost_frame"),
  bare(fixture("lost_frame")),
  fixture("stereo_16"),
  flac(RAMP, { metadata: [{ type: 4, content: new Uint8Array(8) }] }),
  flac(RAMP, { rateCode: 5, bitsCode: 4, total: 0 }),
  flac(RAMP, { variable: true, metadata: [{ type: 3, content: new Uint8Array(18) }] }),
];

/** Whether a mutant was decoded; refusals have to be ours, and in words. */
async function isDecoded(bytes: Uint8Array, what: string): Promise<boolean> {
  try {
    const { channels } = await decodeAudio(bytes, "mutant");
    ok(channels[0].length > 0 && channels.length <= 2);
    ok(
      channels.every((samples) => samples.every((value) => Math.abs(value) <= MOST_AMPLITUDE)),
      what,
    );
    return true;
  } catch (error) {
    ok(
      error instanceof Error && /^Cannot decode "mutant": /.test(error.message),
      `${what}: ${error}`,
    );
    return false;
  }
}

const hasFlac = await new Deno.Command("flac", { args: ["--version"], stdout: "null" }).output()
  .then(({ success }) => success, () => false);

/** What is decoded, `flac -t` accepts. */
async function askFlac(folder: string, accepted: Map<string, string>): Promise<void> {
  if (accepted.size === 0) return;
  const { success, stderr } = await new Deno.Command("flac", {
    args: ["-t", "-s", ...accepted.keys()],
    cwd: folder,
  }).output();
  const said = new TextDecoder().decode(stderr).replace(/^.*WARNING, cannot check MD5.*\n/gm, "");
  ok(success, `${said}\n${[...accepted].map(([name, what]) => `${name}: ${what}`).join("\n")}`);
  accepted.clear();
}

/** Decodes so many mutants; the memory of the process after a tenth of them is about that of the end. */
async function decodeMutants(
  files: Uint8Array[],
  visit: (bytes: Uint8Array, seed: number, what: string) => void | Promise<void>,
): Promise<string> {
  const count = Math.ceil(COUNT / 2);
  let decoded = 0, before = 0;
  for (let seed = 0; seed < count; seed++) {
    const { bytes, what } = mutant(files[seed % files.length], seed);
    const about = `mutant ${seed}: ${what}`;
    if (await isDecoded(bytes, about)) {
      decoded++;
      await visit(bytes, seed, about);
    }
    if (seed === Math.floor(count / 10)) before = Deno.memoryUsage().rss;
  }
  const growth = (Deno.memoryUsage().rss - before) / 1e6;
  ok(growth < 300, `grew by ${growth} MB`); // the heap is collected at 100 MB and more
  return `${count} mutants, ${decoded} decoded, ${growth.toFixed(0)} MB more memory`;
}

Deno.test("decodeAudio() decodes mutants of WAV files or refuses them in words", async () => {
  console.log(await decodeMutants(WAVS, () => {}));
});

Deno.test("decodeAudio() decodes mutants of FLAC files or refuses them; flac -t accepts those", async () => {
  if (!hasFlac) console.log('Skipping the comparison with "flac -t": there is no flac');
  const folder = await Deno.makeTempDir();
  const accepted = new Map<string, string>();
  try {
    console.log(
      await decodeMutants(FLACS, async (bytes, seed, what) => {
        if (!hasFlac) return;
        const name = `${seed % BATCH}_${accepted.size}.flac`;
        await Deno.writeFile(join(folder, name), bytes);
        accepted.set(name, what);
        if (accepted.size === BATCH) await askFlac(folder, accepted);
      }),
    );
    if (hasFlac) await askFlac(folder, accepted);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
