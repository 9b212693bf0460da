/** Tiny made-up corpora in a temporary folder: short noises under real names. */
import { dirname, join } from "@std/path";
import { nameParser } from "ser/corpora/info.ts";
import type { Manifest, ManifestEntry } from "ser/corpora/manifest.ts";
import type { CorpusName } from "ser/corpora/types.ts";
import { sha256 } from "ser/support/files.ts";
import { RandomState } from "ser/support/random.ts";

export const SAMPLE_RATE = 22_050;

/** RAVDESS names of two actors: neutral and calm, both sentences, normal, first repetition. */
export const RAVDESS_PATHS = ["01", "02"].flatMap((actor) =>
  ["01", "02"].flatMap((emotion) =>
    ["01", "02"].map((statement) =>
      `Actor_${actor}/03-01-${emotion}-01-${statement}-01-${actor}.wav`
    )
  )
);

/** A 16-bit mono WAV file of noise; equal seeds give equal samples. */
export function noiseWav(seed: number, samples = 3000, sampleRate = SAMPLE_RATE): Uint8Array {
  const random = new RandomState(seed);
  const view = new DataView(new ArrayBuffer(44 + 2 * samples));
  const text = (at: number, word: string) =>
    [...word].forEach((char, i) => view.setUint8(at + i, char.charCodeAt(0)));
  text(0, "RIFF");
  view.setUint32(4, 36 + 2 * samples, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, sampleRate, true);
  view.setUint32(28, 2 * sampleRate, true);
  view.setUint16(32, 2, true);
  view.setUint16(34, 16, true);
  text(36, "data");
  view.setUint32(40, 2 * samples, true);
  for (let i = 0; i < samples; i++) view.setInt16(44 + 2 * i, random.integer(20000) - 10000, true);
  return new Uint8Array(view.buffer);
}

/** Writes bytes below a folder, making the folders in between. */
export async function put(root: string, path: string, bytes: Uint8Array): Promise<void> {
  await Deno.mkdir(dirname(join(root, path)), { recursive: true });
  await Deno.writeFile(join(root, path), bytes);
}

/** A whole made-up corpus: its folder, its files, and the manifest that they agree with. */
export interface Synthetic {
  root: string;
  files: Map<string, Uint8Array>;
  manifest: Manifest;
}

/**
 * Writes a made-up corpus.
 * @param name Whose names the paths have.
 * @param paths Paths to write; the i-th file is noise of seed i with 3000 + 100 i samples.
 */
export async function makeCorpus(
  name: CorpusName,
  paths: readonly string[] = RAVDESS_PATHS,
): Promise<Synthetic> {
  const root = join(await Deno.makeTempDir({ prefix: "ser-test-" }), name);
  const files = new Map<string, Uint8Array>(), manifest = new Map<string, ManifestEntry>();
  for (const [i, path] of paths.entries()) {
    const bytes = noiseWav(i, 3000 + 100 * i);
    files.set(path, bytes);
    await put(root, path, bytes);
    const facts = nameParser(name)(path);
    if (!("id" in facts)) throw new Error(`not a name of ${name}: ${path}`);
    const entry = {
      samples: 3000 + 100 * i,
      sampleRate: SAMPLE_RATE,
      sha256: await sha256(bytes.subarray(44)),
    };
    manifest.set(facts.id, entry);
  }
  return { root, files, manifest };
}

/** Calls a function while an environment variable has a value (undefined: is not set). */
export async function withEnv<T>(
  name: string,
  value: string | undefined,
  action: () => Promise<T> | T,
): Promise<T> {
  const before = Deno.env.get(name);
  const set = (to: string | undefined) =>
    to === undefined ? Deno.env.delete(name) : Deno.env.set(name, to);
  set(value);
  try {
    return await action();
  } finally {
    set(before);
  }
}
