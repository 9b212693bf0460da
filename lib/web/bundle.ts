/** One file of script or of styles out of an entry and all that it imports. @module */
import * as esbuild from "esbuild";
import { join } from "@std/path";
import { PROJECT_ROOT } from "../support/files.ts";

/** Browsers that know `light-dark()` and popovers, from 2024 on. */
const TARGET = ["chrome123", "firefox125", "safari17.5"];

/**
 * Bundles for pages that also open as files: scripts without modules, nothing loaded from elsewhere.
 * Whoever has bundled all ends the bundler's process with {@linkcode endBundling}.
 * @param entry A `.ts` or `.css` file, as a path from the project's root.
 * @param alias Files, as paths from the project's root, in the place of packages.
 * @returns Its text, and the project's files that have a part in it, as paths from the root.
 */
export async function bundle(entry: string, alias: Readonly<Record<string, string>> = {}) {
  const { outputFiles, metafile } = await esbuild.build({
    absWorkingDir: PROJECT_ROOT,
    entryPoints: [entry],
    alias: Object.fromEntries(
      Object.entries(alias).map(([name, path]) => [name, join(PROJECT_ROOT, path)]),
    ),
    bundle: true,
    minify: true,
    write: false,
    metafile: true,
    target: TARGET,
    format: entry.endsWith(".ts") ? "iife" : undefined,
    logLevel: "error",
  });
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) };
}

/** Ends the bundler's process, without which this one would not end. */
export async function endBundling(): Promise<void> {
  await esbuild.stop();
}
