/**
 * Resampling and MFCCs in C++ (the folder `kernels/`), which the set-up compiles for this processor.
 * They compute as `audio/resample.ts` and `mfcc.ts` do, several samples or frames at a time: float32
 * results differ in the last bits, so that kept features say which made them. @module
 */
import { basename, join } from "@std/path";
import { polyphaseFilter, resample, resampledLength } from "../audio/resample.ts";
import { compiledAllowed, type CompiledLibrary, findLibrary } from "../support/compiled.ts";
import { PROJECT_ROOT, userCache } from "../support/files.ts";
import { type Matrix, zeros } from "./matrix.ts";
import { melFilters } from "./mel.ts";
import { dctBasis, mfcc, type MfccOptions } from "./mfcc.ts";
import { centre, checkSignal, hann } from "./stft.ts";

/** The library; compiled in the user's cache folder. */
export const FEATURE_KERNELS: CompiledLibrary = {
  name: "ser_features",
  sources: join(PROJECT_ROOT, "lib", "features", "kernels"),
};

/** Least power, as `powerToDb` has it. */
const FLOOR = 1e-10;

/** The steps of the features that take long. */
export interface FeatureSteps {
  /** Whose steps they are: of the C++ the library's name, which follows from its sources and the processor. */
  maker: string;
  /** As `resample()` of `audio/resample.ts`. */
  resample: typeof resample;
  /** As `mfcc()` of `mfcc.ts`. */
  mfcc: typeof mfcc;
}

/** The steps in TypeScript, which run everywhere. */
export const PLAIN_STEPS: FeatureSteps = { maker: "TypeScript", resample, mfcc };

const SYMBOLS = {
  ser_resampler: { parameters: ["buffer", "i32", "i32", "i32"], result: "pointer" },
  ser_resample: { parameters: ["pointer", "buffer", "i32", "buffer", "i32"], result: "void" },
  ser_mfcc: {
    parameters: [
      ...["buffer", "buffer", "buffer", "buffer", "buffer", "buffer"] as const,
      ...["buffer", "f64", "f64", "buffer"] as const,
    ],
    result: "void",
  },
} as const;

/**
 * Loads the steps in C++ from a folder; undefined if they are not compiled.
 * @throws {Error} If the library is there and damaged, or does not load.
 */
export async function loadCompiledSteps(home: string): Promise<CompiledSteps | undefined> {
  const path = await findLibrary(FEATURE_KERNELS, home);
  return path === undefined ? undefined : new CompiledSteps(path);
}

/** The steps in C++. Filters and tables are made once for each ratio and each set of settings. */
export class CompiledSteps implements FeatureSteps {
  readonly maker: string;
  readonly #symbols: Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];
  readonly #resamplers = new Map<string, Deno.PointerValue>();
  readonly #tables = new Map<string, Tables>();

  /** @param path The compiled library. */
  constructor(path: string) {
    this.maker = basename(path);
    this.#symbols = Deno.dlopen(path, SYMBOLS).symbols;
  }

  /** As `resample()`; ratios whose filter is not kept go there. */
  resample = (signal: Float32Array, fromRate: number, toRate: number): Float32Array => {
    const { up, down, kept } = polyphaseFilter(fromRate, toRate);
    if (fromRate === toRate || !kept) return resample(signal, fromRate, toRate);
    const resampler = this.#resampler(fromRate, toRate);
    const { length, whole } = resampledLength(signal.length, up, down);
    const output = new Float32Array(length);
    this.#symbols.ser_resample(resampler, bytes(signal), signal.length, bytes(output), whole);
    return output;
  };

  /** As `mfcc()`. */
  mfcc = (signal: Float32Array, options: MfccOptions = {}): Matrix => {
    const { hopLength = 512, topDb = 80, nMfcc = 40 } = options;
    if (signal.length === 0) return mfcc(signal, options); // throws
    checkSignal(signal, options);
    const tables = this.#tablesOf(options), padded = centre(signal, options);
    const output = zeros(1 + Math.floor(signal.length / hopLength), nMfcc);
    const sizes = bytes(Int32Array.of(...tables.sizes, output.rows));
    const { window, starts, lengths, weights, basis } = tables;
    this.#symbols.ser_mfcc(
      ...[sizes, window, starts, lengths, weights, basis, bytes(padded)] as const,
      ...[FLOOR, topDb, bytes(output.data)] as const,
    );
    return output;
  };

  #resampler(fromRate: number, toRate: number): Deno.PointerValue {
    const key = `${fromRate}/${toRate}`;
    if (!this.#resamplers.has(key)) {
      const { up, down, taps, coefficientsOf } = polyphaseFilter(fromRate, toRate);
      // a ratio of few phases is computed as one of several times as many
      const times = Math.ceil(MIN_PHASES / up), phases = up * times;
      const all = new Float64Array(phases * taps);
      for (let phase = 0; phase < phases; phase++) {
        all.set(coefficientsOf(phase % up), phase * taps);
      }
      this.#resamplers.set(
        key,
        this.#symbols.ser_resampler(bytes(all), phases, down * times, taps),
      );
    }
    return this.#resamplers.get(key)!;
  }

  #tablesOf(options: MfccOptions): Tables {
    const key = JSON.stringify(options, Object.keys(options).sort());
    const tables = this.#tables.get(key) ?? makeTables(options);
    this.#tables.set(key, tables);
    return tables;
  }
}

/** What `ser_mfcc` of `kernels/mfcc.cc` is given of the settings. */
type Tables = ReturnType<typeof makeTables>;

function makeTables(options: MfccOptions) {
  const { nFft = 2048, hopLength = 512, nMels = 128, nMfcc = 40 } = options;
  mfcc(new Float32Array(1), options); // refuses settings out of range
  const filters = melFilters(options);
  const basis = new Float64Array(nMels * nMfcc + ROWS);
  dctBasis(nMels, nMfcc).forEach((row, k) =>
    row.forEach((value, band) => basis[band * nMfcc + k] = value)
  );
  return {
    sizes: [nFft, hopLength, nMels, nMfcc],
    window: bytes(hann(nFft)),
    starts: bytes(Int32Array.from(filters, ({ start }) => start)),
    lengths: bytes(Int32Array.from(filters, ({ weights }) => weights.length)),
    weights: bytes(Float64Array.from(filters.flatMap(({ weights }) => [...weights]))),
    basis: bytes(basis),
  };
}

/** Coefficients that are computed together: kRows of `kernels/mfcc.cc`. */
const ROWS = 8;

/** So many phases keep the lanes busy. */
const MIN_PHASES = 64;

/** A typed array as the foreign functions take it. */
function bytes(array: ArrayBufferView): Uint8Array<ArrayBuffer> {
  return new Uint8Array(array.buffer as ArrayBuffer, array.byteOffset, array.byteLength);
}

/**
 * The fastest steps that are there: those in C++ if they are compiled, else those in TypeScript. With
 * `SER_KERNELS=off` the latter. They are loaded with this module, once for the process or the worker.
 * @example Usage
 * ```ts
 * import { featureSteps } from "ser/features/kernels.ts";
 * import { mfcc } from "ser/features/mfcc.ts";
 * import { ok } from "node:assert/strict";
 *
 * const tone = Float32Array.from({ length: 4000 }, (_, i) => Math.sin(i / 9) / 2);
 * const expected = mfcc(tone).data;
 * ok(featureSteps.mfcc(tone).data.every((value, i) => Math.abs(value - expected[i]) < 1e-4));
 * ```
 */
export const featureSteps: FeatureSteps = await loadSteps();

async function loadSteps(): Promise<FeatureSteps> {
  if (!compiledAllowed()) return PLAIN_STEPS;
  try {
    return await loadCompiledSteps(userCache()) ?? PLAIN_STEPS;
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) { // no home folder: nothing is compiled
      const reason = (error as Error).message;
      console.warn(
        `Cannot load the compiled steps of the features: ${reason}; they are taken more slowly; to compile them anew: deno task setup`,
      );
    }
    return PLAIN_STEPS;
  }
}
