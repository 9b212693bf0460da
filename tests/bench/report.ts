/** What was measured, for the terminal and for the README; run as a program, it prints the README's section. @module */
import { corpusInfo } from "ser/corpora/info.ts";
import { quantile } from "ser/evaluation/quantile.ts";
import { table } from "ser/notebook/output.ts";
import { machineInWords } from "ser/support/machine.ts";
import {
  type BenchResults,
  PUBLISHED_BENCH,
  type RowResult,
  storedResults,
  type Subject,
} from "./results.ts";
import { FACTORS, rowOf, sizeLabel } from "./rows.ts";

/** Stands where nothing was measured. */
const NOTHING = "–";

const LARGEST = FACTORS.at(-1)!;

/** The numbers beside the epochs, and what the README calls them. */
const BESIDE = {
  firstEpochSeconds: "first epoch",
  startSeconds: "process start to first finished epoch",
  utteranceMs: "prediction of one utterance",
  peakMegabytes: "peak memory",
};

/** The steps of the start in the words of the README. */
const STEPS = {
  readySeconds: "set-up checked",
  kernelSeconds: "kernel up, first cell sent",
  firstCellSeconds: "first cell (imports) done",
};

const median = (values: readonly number[]): number => quantile(values, 0.5);

/** The name of a subject for people. */
export const titleOf = (subject: Subject): string =>
  subject === "project" ? "The project" : corpusInfo(subject).title;

/** A number with three digits (four below 1) and its unit, which its name tells. */
export function quantity(value: number, name: string): string {
  const unit = name.endsWith("Megabytes") ? "MB" : name.endsWith("Ms") ? "ms" : "s";
  const digits = value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3;
  return `${value.toFixed(digits)} ${unit}`;
}

/**
 * Medians of a number, their ratio, and the least and the largest ratio of a round; undefined where it
 * was not measured.
 */
function cells({ ours, peer }: RowResult, name: string) {
  const mine = ours.samples[name], theirs = peer?.samples[name];
  if (!mine?.length) return undefined;
  const middle = quantity(median(mine), name);
  if (!theirs?.length) return { ours: middle, peer: NOTHING, ratio: NOTHING, spread: "" };
  const rounds = mine.map((value, i) => value / theirs[i]);
  const spread = ` (${Math.min(...rounds).toFixed(2)}–${Math.max(...rounds).toFixed(2)})`;
  return {
    ...{ ours: middle, peer: quantity(median(theirs), name) },
    ratio: (median(mine) / median(theirs)).toFixed(2),
    spread: mine.length > 1 ? spread : "",
  };
}

/** Who the peer was. */
const peerOf = ({ row, peer }: RowResult): string =>
  peer ? rowOf(row).peer!(peer.versions) : NOTHING;

/** Everything that was measured of a row, for the terminal. */
export function rowText(subject: Subject, result: RowResult): string {
  const lines = Object.keys(result.ours.samples).map((name) => {
    const { ours, peer, ratio, spread } = cells(result, name)!;
    return { [result.row]: name, ours, peer, "ours / peer": ratio + spread };
  });
  return [
    `${titleOf(subject)}: ${rowOf(result.row).title}`,
    table(lines).bundle["text/plain"],
    `Peer: ${peerOf(result)}. ${conditions([result])}`,
  ].join("\n");
}

/** The README's section, in Markdown; one sentence where nothing was measured yet. */
export function benchSection(all: readonly BenchResults[]): string {
  const rows = all.flatMap(({ rows }) => rows);
  if (rows.length === 0) return "Not measured yet; `deno task bench --peer` does it.";
  const tables = [compared, beside, grown].map((lines) =>
    markdown(
      all.flatMap(({ subject, rows }) =>
        rows.flatMap(lines).map((line) => ({ corpus: titleOf(subject), ...line }))
      ),
    )
  );
  const start = rows.filter(({ row }) => row === "start").map((result) => {
    const times = Object.entries(STEPS)
      .map(([name, step]) => `${step} after ${cells(result, name)!.ours}`);
    return `\`deno task paper\`, where all is set up: ${times.join(", ")}.`;
  });
  return [...tables, ...start, conditions(rows)].filter(Boolean).join("\n\n");
}

function markdown(lines: readonly Record<string, string>[]): string {
  if (lines.length === 0) return "";
  const head = Object.keys(lines[0]);
  return [head, head.map(() => "---"), ...lines.map(Object.values)]
    .map((line) => `| ${line.join(" | ")} |`).join("\n");
}

/** Wall time, ratio with spread, and ratio of processor time, of a row that can be compared. */
function compared(result: RowResult): Record<string, string>[] {
  const { title, compares = [] } = rowOf(result.row);
  const [time, work] = compares.map((name) => cells(result, name));
  if (!time || !work) return [];
  return [{
    ...{ work: title, ours: time.ours, peer: time.peer },
    ...{ "ours / peer": `**${time.ratio}${time.spread}**` },
    ...{ "the same in processor time": work.ratio + work.spread, "the peer": peerOf(result) },
  }];
}

/** What comes with an epoch: "ours : peer = ratio". */
function beside(result: RowResult): Record<string, string>[] {
  if (!result.row.startsWith("epoch-")) return [];
  const entries = Object.entries(BESIDE).map(([name, what]) => {
    const found = cells(result, name);
    if (!found || found.peer === NOTHING) return [what, found?.ours ?? NOTHING];
    return [what, `${found.ours} : ${found.peer} = ${found.ratio}`];
  });
  const network = rowOf(result.row).title.replace("epoch of ", "");
  return [{ network, ...Object.fromEntries(entries) }];
}

/** Time and memory at 1, 4 and 16 times the data. */
function grown({ row, ours: { samples } }: RowResult): Record<string, string>[] {
  if (!row.startsWith("scaling-")) return [];
  const epochs = row === "scaling-epoch", time = epochs ? "epochSeconds" : "seconds";
  return (epochs ? ["utterances", "frames"] : ["utterances"]).map((more) => {
    const at = (name: string) =>
      FACTORS.map((factor) => samples[sizeLabel(more, factor) + name] ?? []);
    const seconds = at(time).map(median);
    // 1 where the time is proportional to the data
    const power = Math.log2(seconds.at(-1)! / seconds[0]) / Math.log2(LARGEST);
    return {
      ...{ work: epochs ? "epoch of CNN-ATN" : "MFCCs, all cores", more },
      ...Object.fromEntries(FACTORS.map((n, i) => [`${n}×`, quantity(seconds[i], time)])),
      ...{ "power of growth": power.toFixed(2), "peak memory": memory(at("peakMegabytes")) },
    };
  });
}

/** Peak memory at each size, and what each further corpus adds. */
function memory(samples: readonly number[][]): string {
  if (samples.some(({ length }) => length === 0)) return NOTHING;
  const values = samples.map(median);
  const inMegabytes = (value: number) => quantity(value, "peakMegabytes");
  const slope = (values.at(-1)! - values[0]) / (LARGEST - 1);
  return `${values.map(inMegabytes).join(", ")}; ${inMegabytes(slope)} for each 1× more`;
}

/** Machines, dates, versions, rounds, and how busy the machines were. */
function conditions(rows: readonly RowResult[]): string {
  const machines = new Set(rows.map(({ machine }) => machineInWords(machine)));
  const dates = rows.map(({ measured }) => measured.slice(0, 10)).sort();
  const rounds = rows.map(({ rounds }) => rounds), most = Math.max(...rounds);
  const range = (from: string | number, to: string | number) =>
    from === to ? from : `${from}–${to}`;
  const { deno, backend }: Record<string, string> = Object.assign(
    {},
    ...rows.map(({ ours }) => ours.versions),
  );
  const others = rows.flatMap(({ ours, peer }) => [...ours.others, ...peer?.others ?? []]);
  const share = (value: number) => `${Math.round(100 * value)} %`;
  const busy = () =>
    ` Other processes used ${share(median(others))} of the processors (median; at most ${
      share(Math.max(...others))
    }).`;
  return [
    `Measured on ${[...machines].join("; ")}; ${range(dates[0], dates.at(-1)!)}; `,
    `ours: Deno ${deno}${backend ? `, ${backend}` : ""}; `,
    `${range(Math.min(...rounds), most)} ${most === 1 ? "round" : "rounds"}.`,
    others.length ? busy() : "",
  ].join("");
}

if (import.meta.main) console.log(benchSection(await storedResults(PUBLISHED_BENCH)));
