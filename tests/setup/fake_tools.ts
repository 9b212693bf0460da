/** Stand-ins for pip, Python and g++, so that a set-up can be tried without network in a second. @module */
import { join } from "@std/path";
import { setUpNative } from "ser/setup/native.ts";
import type { Wheel } from "ser/setup/wheel.ts";
import { fileSha256 } from "ser/support/files.ts";
import { LiveLine } from "ser/notebook/live.ts";

/** Where a stand-in can be told to hang. */
export type Stage = "download" | "unpack" | "compile";

const LIBRARIES = ["libtensorflow_cc.so.2", "libtensorflow_framework.so.2"] as const;

/** A folder with the stand-ins, a tiny wheel, and a log of their calls. */
export interface FakeTools {
  folder: string;
  /** Makes a stage hang from now on, or no longer. */
  hang(stage: Stage, on: boolean): Promise<void>;
  /** The stages that were called so far. */
  calls(): Promise<string[]>;
  /** Ends what hangs. */
  killHanging(): Promise<void>;
}

/** Makes the folder. */
export async function makeFakeTools(): Promise<FakeTools> {
  const folder = await Deno.makeTempDir();
  const script = (name: string, text: string) =>
    Deno.writeTextFile(join(folder, name), `#!/bin/bash\n${text}`, { mode: 0o755 });
  const stage = (name: Stage) =>
    `echo ${name} >> "${folder}/log"; echo $$ > "${folder}/pid"\n` +
    `[ -e "${folder}/hang-${name}" ] && exec sleep 60\n`;
  await script(
    "python",
    `if [ "$2" = pip ]; then\n${stage("download")}` +
      `while [ "$1" != --dest ]; do shift; done; mkdir -p "$2"; cp "${folder}/tiny.whl" "$2/"\n` +
      `else\n${stage("unpack")}exec python3 "$@"\nfi\n`,
  );
  await script(
    "g++",
    `[ "$1" = --version ] && exit\n${stage("compile")}cp /bin/true "\${@: -1}"\n`,
  );
  const zip = "import sys, zipfile\n" +
    "with zipfile.ZipFile(sys.argv[1], 'w') as z:\n" +
    "    for name in sys.argv[2:]: z.write('/bin/true', 'tensorflow/' + name)\n";
  await new Deno.Command("python3", {
    args: ["-c", zip, join(folder, "tiny.whl"), ...LIBRARIES],
  }).output();
  return {
    folder,
    hang: (stage, on) =>
      on
        ? Deno.writeTextFile(join(folder, `hang-${stage}`), "")
        : Deno.remove(join(folder, `hang-${stage}`)),
    calls: async () =>
      (await Deno.readTextFile(join(folder, "log")).catch(() => "")).split("\n").filter(Boolean),
    killHanging: async () => {
      Deno.kill(Number(await Deno.readTextFile(join(folder, "pid"))), "SIGKILL");
    },
  };
}

/** A set-up with the stand-ins. */
export async function fakeSetUp(
  folder: string,
  options: { free?: number; check?: (addon: string) => Promise<void>; sha256?: string } = {},
): Promise<{ made: boolean; said: string[] }> {
  const said: string[] = [];
  const tiny = join(folder, "tiny.whl");
  const wheel: Wheel = {
    package: "tiny",
    platform: "any",
    bytes: (await Deno.stat(tiny)).size,
    sha256: options.sha256 ?? await fileSha256(tiny),
    libraries: LIBRARIES,
  };
  const made = await setUpNative("cpu", {
    home: join(folder, "home"),
    wheel,
    python: join(folder, "python"),
    compilers: [join(folder, "g++")],
    check: options.check ?? (() => Promise.resolve()),
    free: options.free,
    line: new LiveLine({ terminal: false, write: (text) => said.push(text) }),
  });
  return { made, said };
}

if (import.meta.main) await fakeSetUp(Deno.args[0]);
