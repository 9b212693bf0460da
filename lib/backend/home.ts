/** Where the native TensorFlow that `deno task setup` makes lives. @module */
import { join } from "@std/path";
import { userCache } from "../support/files.ts";

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

/** The file that exists only when a native build is whole and was checked. */
export const readyPath = (variant: NativeVariant): string =>
  join(nativeHome(variant), "ready.json");
