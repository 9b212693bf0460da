/** Where the native TensorFlow that `deno task setup` makes lives, and whether it is whole. @module */
import { join } from "@std/path";
import { exists, fileSha256, userCache } from "../support/files.ts";
import { cardAnswers } from "./card.ts";

/** The release of libtensorflow that the project builds against. */
export const TENSORFLOW_VERSION = "2.21.0";

/** The two builds of libtensorflow: with and without CUDA. */
export type NativeVariant = "cpu" | "gpu";

/** What `deno task setup` records, last of all, when a native build works. */
export interface NativeRecord {
  /** Release of libtensorflow. */
  tensorflow: string;
  /** Which build. */
  variant: NativeVariant;
  /** Its libraries by their path in the folder, as they were when they were checked. */
  files: Record<string, { bytes: number; sha256: string }>;
}

/** The folder of one native build; it holds `tensorflow/`, `tfjs_binding.node` and `ready.json`. */
export function nativeHome(variant: NativeVariant): string {
  return userCache(
    `tensorflow-${TENSORFLOW_VERSION}-${variant}-${Deno.build.os}-${Deno.build.arch}`,
  );
}

/** The compiled addon of a native build. */
export const addonPath = (variant: NativeVariant): string =>
  join(nativeHome(variant), "tfjs_binding.node");

/** The builds that are set up and of use here: CUDA, if a card answers, before CPU. */
export async function readyVariants(): Promise<NativeVariant[]> {
  const ready: NativeVariant[] = [];
  for (const variant of ["gpu", "cpu"] as const) {
    const there = await exists(join(nativeHome(variant), "ready.json"));
    if (there && (variant === "cpu" || cardAnswers())) ready.push(variant);
  }
  return ready;
}

/**
 * The record of a native build.
 * @param home Its folder.
 * @returns `undefined` if there is none, or it is of another TensorFlow or an earlier set-up.
 */
export async function readNativeRecord(home: string): Promise<NativeRecord | undefined> {
  try {
    const record: NativeRecord = JSON.parse(await Deno.readTextFile(join(home, "ready.json")));
    return record.tensorflow === TENSORFLOW_VERSION && record.files ? record : undefined;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Larger files are compared by their size alone, unless the check is to be thorough. */
const SMALL = 1e6;

/**
 * The first library of a build that is not as it was recorded. The loader maps libraries without
 * looking, and reading beyond the end of one ends the process, which no `catch` sees.
 * @param home Folder of the build.
 * @param record What was recorded.
 * @param thorough Also the SHA-256 of libtensorflow, which takes seconds.
 * @returns Its path; `undefined` if all are whole.
 */
export async function damagedFile(
  home: string,
  { files }: NativeRecord,
  thorough = false,
): Promise<string | undefined> {
  for (const [name, { bytes, sha256 }] of Object.entries(files)) {
    const path = join(home, name);
    const size = await Deno.stat(path).then(({ size }) => size, () => -1);
    if (size !== bytes) return path;
    if ((thorough || bytes < SMALL) && await fileSha256(path) !== sha256) return path;
  }
}
