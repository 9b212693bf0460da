/** What comes with the page: the sets of networks, and recordings of an actress. @module */
import { Buffer } from "node:buffer";
import { join } from "@std/path";
import { corpusInfo, isCorpusName } from "../corpora/info.ts";
import type { CorpusName } from "../corpora/types.ts";
import { parseEmodb } from "../corpora/emodb.ts";
import { namesIn, PROJECT_ROOT } from "../support/files.ts";

/** The trained networks of one corpus. */
export interface NetworkSet {
  /** The corpus; its networks are in the script of that name. */
  corpus: CorpusName;
  /** What the choice says. */
  label: string;
  /** What they have heard, one sentence. */
  about: string;
}

/** A recording in FLAC. */
export interface ActorRecording {
  /** The emotion that was asked for. */
  label: string;
  /** Its file's name. */
  name: string;
  /** Its file's bytes in base64. */
  base64: string;
}

/** What the page has to know from the start. */
export interface PageData {
  sets: readonly NetworkSet[];
  actors: readonly ActorRecording[];
}

/** What `corpusInfo` does not say. */
const LANGUAGE: Record<CorpusName, string> = {
  emodb: "German",
  ravdess: "North American English",
  savee: "British English",
};

/** Speaker 08 says "In sieben Stunden wird es soweit sein". */
const RECORDINGS = ["08a07Wc.flac", "08a07Fd.flac", "08a07Na.flac", "08a07Ta.flac"];

/** Describes the sets of networks that there are, and reads the recordings. */
export async function pageData(corpora: readonly CorpusName[]): Promise<PageData> {
  return { sets: corpora.map(networkSet), actors: await Promise.all(RECORDINGS.map(recording)) };
}

/** The parsed model files of each corpus, which has a folder of its own, in the order of the names. */
export async function modelFiles(folder: string): Promise<Map<CorpusName, unknown[]>> {
  const found = new Map<CorpusName, unknown[]>();
  for (const corpus of (await namesIn(folder)).filter(isCorpusName)) {
    const names = await namesIn(join(folder, corpus), /\.json$/);
    const files = names.map((name) => Deno.readTextFile(join(folder, corpus, name)));
    found.set(corpus, (await Promise.all(files)).map((text) => JSON.parse(text)));
  }
  return found;
}

function networkSet(corpus: CorpusName): NetworkSet {
  const { title, emotions, speakers } = corpusInfo(corpus), language = LANGUAGE[corpus];
  return {
    corpus,
    label: `${language}: ${title}, ${emotions.length} emotions`,
    about: `${title}: ${speakers.length} actors who speak ${language}.`,
  };
}

async function recording(name: string): Promise<ActorRecording> {
  const facts = parseEmodb(name);
  const bytes = await Deno.readFile(join(PROJECT_ROOT, "data", "emodb", name));
  const label = "emotion" in facts ? facts.emotion : name;
  return { name, label, base64: Buffer.from(bytes).toString("base64") };
}
