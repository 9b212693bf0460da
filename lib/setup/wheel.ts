/** The PyPI wheel that holds a current libtensorflow: which one, fetching it, unpacking it. @module */
import { basename, join } from "@std/path";
import { type NativeVariant, TENSORFLOW_VERSION } from "../backend/home.ts";
import { exists, fileSha256, namesIn } from "../support/files.ts";
import { lastLines, runCommand } from "./command.ts";
import { pipError, runPip } from "./pip.ts";
import { folderBytes, formatBytes } from "../support/disk.ts";
import type { LiveLine } from "../notebook/live.ts";
import { SetupError } from "../support/setup_error.ts";

/** One wheel on PyPI and what it weighs. */
export interface Wheel {
  /** PyPI's name of the package. */
  package: string;
  /** Platform tag of the wheel. */
  platform: string;
  /** Size of the download in bytes. */
  bytes: number;
  /** SHA-256 of the file as PyPI lists it, in hex. */
  sha256: string;
  /** File names of the two libraries inside `tensorflow/`. */
  libraries: readonly [string, string];
}

const LINUX = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;
const MACOS = ["libtensorflow_cc.2.dylib", "libtensorflow_framework.2.dylib"] as const;

/** The wheels of release 2.21.0, by variant, system and processor. Run here: linux x86_64. */
const WHEELS: Record<string, Wheel> = {
  "cpu linux x86_64": {
    package: "tensorflow-cpu",
    platform: "manylinux_2_27_x86_64",
    bytes: 274_000_871,
    sha256: "dcc8afd32930e42d5296b6ee19078b773706830af4ea97fbe503b9f5e0f820cb",
    libraries: LINUX,
  },
  "gpu linux x86_64": {
    package: "tensorflow",
    platform: "manylinux_2_27_x86_64",
    bytes: 572_611_111,
    sha256: "b3b95643c4e70eb925839938fb35cbe142f317ec84af6844ee61513713bb13c0",
    libraries: LINUX,
  },
  "cpu linux aarch64": {
    package: "tensorflow",
    platform: "manylinux_2_27_aarch64",
    bytes: 281_946_471,
    sha256: "b07d15737406533898e36c7ef7944b1be18e9028dc521b9229952c537bbc5552",
    libraries: LINUX,
  },
  "cpu darwin aarch64": {
    package: "tensorflow",
    platform: "macosx_12_0_arm64",
    bytes: 223_488_205,
    sha256: "56ecd7d47429acbe1df2694d50b75bf9fc3995ac92cb367cd9af6c4780ead712",
    libraries: MACOS,
  },
};

/** The parts of the wheel that are needed: the two libraries and the headers of the C interface. */
const PARTS = [
  "tensorflow/libtensorflow_",
  "tensorflow/include/tensorflow/c/",
  "tensorflow/include/tensorflow/core/platform/ctstring",
  "tensorflow/include/tsl/platform/ctstring",
  "tensorflow/include/xla/tsl/c/",
];

/** The wheel for a platform. */
export function wheelFor(
  variant: NativeVariant,
  os: string = Deno.build.os,
  arch: string = Deno.build.arch,
): Wheel {
  const wheel = WHEELS[`${variant} ${os} ${arch}`];
  if (wheel) return wheel;
  const known = Object.keys(WHEELS).join(", ");
  throw new SetupError(
    `no libtensorflow ${TENSORFLOW_VERSION} (${variant}) for ${os} ${arch}: there is one for ${known}` +
      (os === "windows" ? "; on Windows use WSL" : ""),
  );
}

/** Reports the size of a growing folder until the work is done. */
export async function watchFolder<T>(
  folder: string,
  line: LiveLine,
  say: (bytes: number) => string,
  work: Promise<T>,
): Promise<T> {
  const timer = setInterval(async () => line.update(say(await folderBytes(folder))), 500);
  try {
    return await work;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Downloads a wheel with pip, whatever the version of the reader's Python, unless a whole one from
 * an interrupted set-up is there already.
 * @param options `python`: program; `keep`: folder of whole wheels; `work`: folder of this attempt.
 * @returns Path of the wheel, its SHA-256 checked.
 * @throws {SetupError} If pip cannot get it, or what came is damaged.
 */
export async function downloadWheel(
  wheel: Wheel,
  options: { python: string; keep: string; work: string; line: LiveLine },
): Promise<string> {
  const { python, keep, work, line } = options;
  const name = `${wheel.package} ${TENSORFLOW_VERSION}`;
  const kept = await findWheel(keep);
  if (kept) {
    line.update(`Checking the wheel of ${name} that is already there`);
    if (await fileSha256(kept) === wheel.sha256) return kept;
    await Deno.remove(kept);
  }
  const total = formatBytes(wheel.bytes);
  const into = join(work, "wheel");
  const result = await watchFolder(
    work,
    line,
    (bytes) => `Downloading ${name}: ${formatBytes(Math.min(bytes, wheel.bytes))} of ${total}`,
    runPip(python, downloadArgs(wheel, into), join(work, "tmp")),
  );
  const fresh = await findWheel(into);
  if (result.code !== 0 || !fresh) throw pipError(`download ${name} (${total})`, result.stderr);
  const found = await fileSha256(fresh);
  if (found !== wheel.sha256) {
    throw new SetupError(
      `the download of ${name} is damaged: expected SHA-256 ${wheel.sha256}, received ${found}; run again`,
    );
  }
  await Deno.mkdir(keep, { recursive: true });
  await Deno.rename(fresh, join(keep, basename(fresh)));
  return join(keep, basename(fresh));
}

/**
 * Unpacks the libraries and the C headers with Python's zipfile, which checks each file's CRC.
 * @param into Where `tensorflow/` is made.
 * @throws {SetupError} If the wheel cannot be read or does not hold them.
 */
export async function unpackWheel(
  path: string,
  into: string,
  options: { python: string; wheel: Wheel; line: LiveLine },
): Promise<void> {
  const { python, wheel, line } = options;
  const script = "import sys, zipfile\n" +
    "with zipfile.ZipFile(sys.argv[1]) as wheel:\n" +
    "    names = [n for n in wheel.namelist() if n.startswith(tuple(sys.argv[3:]))]\n" +
    "    wheel.extractall(sys.argv[2], names)\n";
  const result = await watchFolder(
    into,
    line,
    (bytes) => `Unpacking libtensorflow: ${formatBytes(bytes)}`,
    runCommand([python, "-c", script, path, into, ...PARTS]),
  );
  if (result.code !== 0) {
    throw new SetupError(`cannot unpack "${path}":${lastLines(result.stderr)}`);
  }
  for (const library of wheel.libraries) {
    if (!(await exists(join(into, "tensorflow", library)))) {
      throw new SetupError(`cannot unpack "${path}": it holds no tensorflow/${library}`);
    }
  }
}

function downloadArgs(wheel: Wheel, into: string): string[] {
  return [
    ...["download", "--no-deps", "--only-binary=:all:"],
    ...["--python-version", "3.12", "--implementation", "cp", "--abi", "cp312"],
    ...["--platform", wheel.platform, "--dest", into],
    `${wheel.package}==${TENSORFLOW_VERSION}`,
  ];
}

async function findWheel(folder: string): Promise<string | undefined> {
  const [name] = await namesIn(folder, /\.whl$/);
  return name && join(folder, name);
}
