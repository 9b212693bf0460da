/** What the tasks paper, test and lab do before their own work. @module */
import { basename, join } from "@std/path";
import { readyVariants } from "../backend/home.ts";
import { SetupError } from "../support/setup_error.ts";
import { setUpFeatureKernels } from "../setup/kernels.ts";
import { setUpNative } from "../setup/native.ts";
import { installPackages } from "../setup/packages.ts";
import { compiledAllowed } from "../support/compiled.ts";
import { didYouMean } from "../support/nearest.ts";
import { exists, namesIn, PROJECT_ROOT, PUBLISHED } from "../support/files.ts";
import { UsageError } from "./help.ts";

/**
 * Compiles the features' functions in C++, and sets up native TensorFlow unless `SER_BACKEND` asks for
 * another back end. What cannot be had is named on standard error, and the library takes the next best.
 */
export async function setUpBackend(): Promise<void> {
  for (const name of ["runs", "sweep"]) {
    if (await exists(join(PUBLISHED, name))) console.error(moved(name));
  }
  await installPackages(["@tensorflow/tfjs/package.json"], console.error);
  if (compiledAllowed()) await setUpFeatureKernels();
  const wanted = Deno.env.get("SER_BACKEND");
  if (wanted && wanted !== "native") return;
  if ((await readyVariants())[0] === "gpu") return; // better, and the library takes it
  try {
    await setUpNative("cpu");
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(
      `Native TensorFlow is not available: ${error.message}\n` +
        "Going on with a slower back end; afterwards: deno task setup",
    );
  }
}

const moved = (name: string): string =>
  `What an earlier version kept in outputs/${name} is looked for in outputs/mine/${name}: move that folder there to have it found`;

/**
 * The notebooks, in the order of their numbers.
 * @param wanted Names or beginnings of names, for example `["06"]`; none means all.
 * @param folder Where they are. @default {notebooks/ of the project}
 */
export async function listNotebooks(
  wanted: readonly string[] = [],
  folder: string = join(PROJECT_ROOT, "notebooks"),
): Promise<string[]> {
  const names = await namesIn(folder, /\.ipynb$/);
  for (const word of wanted) {
    if (!names.some((name) => name.startsWith(basename(word)))) {
      throw new UsageError(
        `There is no notebook "${word}"${didYouMean(word, names.map(stem))}; there are ${
          names.join(", ") || "none"
        }`,
      );
    }
  }
  const words = wanted.length > 0 ? wanted : [""];
  return names.filter((name) => words.some((word) => name.startsWith(basename(word))))
    .map((name) => join(folder, name));
}

/** "03_lstm.ipynb" as "lstm". */
const stem = (name: string): string => name.replace(/^\d+_|\.ipynb$/g, "");
