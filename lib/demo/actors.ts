/** Recordings that come with the page: one actress, one sentence, four emotions. @module */
import { Buffer } from "node:buffer";
import { join } from "@std/path";
import { parseEmodb } from "../corpora/emodb.ts";
import { PROJECT_ROOT } from "../support/files.ts";
import type { ActorRecording } from "./page/inputs.ts";

/** Speaker 08 says "In sieben Stunden wird es soweit sein". */
const FILES = ["08a07Wc.flac", "08a07Fd.flac", "08a07Na.flac", "08a07Ta.flac"];

/**
 * Reads them.
 * @returns With their files in base64, 0.3 MB.
 */
export function actorRecordings(): Promise<ActorRecording[]> {
  return Promise.all(FILES.map(async (name) => {
    const facts = parseEmodb(name);
    const bytes = await Deno.readFile(join(PROJECT_ROOT, "data", "emodb", name));
    const label = "emotion" in facts ? facts.emotion : name;
    return { name, label, base64: Buffer.from(bytes).toString("base64") };
  }));
}
