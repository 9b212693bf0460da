/** The README's section on speed, from what was measured. @module */
import { corpusInfo, isCorpusName } from "../corpora/info.ts";
import { machineInWords } from "./machine.ts";
import type { BenchResults, RowResult } from "./results.ts";
import { FACTORS, labelled, type Metric, type RowName, rowOf } from "./rows.ts";
import { growth, median } from "./statistics.ts";
import { cells, NOTHING, quantity, share } from "./table.ts";

/** The rows with one line each in the README's first table. */
const COMPARED: readonly [row: RowName, wall: string, cpu: string][] = [
  ["epoch-sdnn", "epochSeconds", "epochCpuSeconds"],
  ["epoch-lstm", "epochSeconds", "epochCpuSeconds"],
  ["epoch-lstm-attention", "epochSeconds", "epochCpuSeconds"],
  ["epoch-cnn", "epochSeconds", "epochCpuSeconds"],
  ["epoch-cnn-attention", "epochSeconds", "epochCpuSeconds"],
  ["dbn", "runSeconds", "runCpuSeconds"],
  ["features-1", "seconds", "cpuSeconds"],
  ["features-all", "seconds", "cpuSeconds"],
];

/** The numbers of the second table, beside the epochs. */
const BESIDE = ["firstEpochSeconds", "startSeconds", "utteranceMs", "peakMegabytes"];

/**
 * The README's section, from what was measured.
 * @param all What was measured, in the order of the table.
 * @returns Markdown; one sentence where nothing was measured yet.
 */
export function benchSection(all: readonly BenchResults[]): string {
  const rows = all.flatMap(({ subject, rows }) => rows.map((result) => ({ subject, result })));
  if (rows.length === 0) return "Not measured yet; `deno task bench --peer` does it.\n";
  const parts = [compared(rows), beside(rows), grown(rows), start(rows), conditions(rows)];
  return parts.filter((part) => part !== "").join("\n\n") + "\n";
}

/** A row and what it was measured on. */
type Entry = { subject: string; result: RowResult };

const titleOf = (subject: string): string =>
  isCorpusName(subject) ? corpusInfo(subject).title : subject;

function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  if (lines.length === 0) return "";
  return [head, head.map(() => "---"), ...lines].map((line) => `| ${line.join(" | ")} |`)
    .join("\n");
}

const metricOf = (row: RowName, name: string): Metric =>
  rowOf(row).metrics.find((metric) => metric.name === name)!;

/** Wall time, ratio with spread, and ratio of processor time. */
function compared(rows: readonly Entry[]): string {
  const lines = rows.flatMap(({ subject, result }) => {
    const [, wall, cpu] = COMPARED.find(([row]) => row === result.row) ?? [];
    const time = wall && cells(result, metricOf(result.row, wall));
    if (!time || !cpu) return [];
    const work = cells(result, metricOf(result.row, cpu))!;
    const peer = result.peer ? rowOf(result.row).peer!(result.peer.versions) : NOTHING;
    return [[
      ...[titleOf(subject), rowOf(result.row).title, time.ours, time.peer, `**${time.ratio}**`],
      ...[work.ratio, peer],
    ]];
  });
  const head = ["corpus", "work", "ours", "peer", "ours / peer", "the same in processor time"];
  return markdown([...head, "the peer"], lines);
}

/** What comes with the epochs: "ours against peer: ratio". */
function beside(rows: readonly Entry[]): string {
  const epochs = rows.filter(({ result }) => result.row.startsWith("epoch-"));
  const lines = epochs.map(({ subject, result }) => [
    titleOf(subject),
    rowOf(result.row).title.replace("epoch of ", ""),
    ...BESIDE.map((name) => {
      const found = cells(result, metricOf(result.row, name));
      if (!found) return NOTHING;
      return found.peer === NOTHING
        ? found.ours
        : `${found.ours} : ${found.peer} = ${found.ratio.split(" ")[0]}`;
    }),
  ]);
  const head = BESIDE.map((name) => metricOf("epoch-cnn", name).title);
  return markdown(["corpus", "network", ...head], lines);
}

/** Time and memory at 1, 4 and 16 times the data. */
function grown(rows: readonly Entry[]): string {
  const lines = rows.flatMap(({ subject, result }) => {
    if (result.row === "scaling-epoch") {
      return ["utterances", "frames"].map((series) =>
        growthLine(subject, result, series, "epochSeconds", "epoch of CNN-ATN")
      );
    }
    if (result.row !== "scaling-features") return [];
    return [growthLine(subject, result, "utterances", "seconds", "MFCCs, all cores")];
  });
  const times = FACTORS.map((factor) => `${factor}×`);
  const head = ["corpus", "work", "more", ...times, "power of growth", "peak memory"];
  return markdown(head, lines);
}

function growthLine(
  subject: string,
  { ours }: RowResult,
  series: string,
  time: string,
  work: string,
): string[] {
  const labels = FACTORS.map((factor) => factor === 1 ? "x1" : `${series} x${factor}`);
  const of = (name: string) => labels.map((label) => median(ours.samples[labelled(label, name)]));
  const seconds = of(time);
  const memory = ours.samples[labelled("x1", "peakMegabytes")] ? of("peakMegabytes") : [];
  return [
    ...[titleOf(subject), work, series],
    ...seconds.map((value) => quantity(value, "s")),
    growth(FACTORS.at(-1)!, seconds[0], seconds.at(-1)!).toFixed(2),
    memory.length ? memoryText(memory) : NOTHING,
  ];
}

/** Peak memory at each size, and what each further corpus adds. */
function memoryText(memory: readonly number[]): string {
  const slope = (memory.at(-1)! - memory[0]) / (FACTORS.at(-1)! - FACTORS[0]);
  const each = memory.map((value) => quantity(value, "MB")).join(", ");
  return `${each}; ${quantity(slope, "MB")} for each 1× more`;
}

function start(rows: readonly Entry[]): string {
  const result = rows.find(({ result }) => result.row === "start")?.result;
  if (!result) return "";
  const times = rowOf("start").metrics.map((metric) =>
    `${metric.title} after ${cells(result, metric)!.ours}`
  );
  return `\`deno task paper\`, where all is set up: ${times.join(", ")}.`;
}

/** Machines, dates, versions, rounds, and how busy the machines were. */
function conditions(rows: readonly Entry[]): string {
  const machines = new Set(rows.map(({ result }) => machineInWords(result.machine)));
  const dates = rows.map(({ result }) => result.measured.slice(0, 10)).sort();
  const rounds = rows.map(({ result }) => result.rounds);
  const versions = Object.assign({}, ...rows.map(({ result }) => result.ours.versions)) as Record<
    string,
    string
  >;
  const others = rows.flatMap((
    { result },
  ) => [...result.ours.others, ...result.peer?.others ?? []]);
  const busy = others.length
    ? ` Other processes used ${share(median(others))} of the processors (median; at most ${
      share(Math.max(...others))
    }).`
    : "";
  const range = (from: string | number, to: string | number) =>
    from === to ? from : `${from}–${to}`;
  return `Measured on ${[...machines].join("; ")}; ${
    range(dates[0], dates.at(-1)!)
  }; ours: Deno ${versions.deno}${versions.backend ? `, ${versions.backend}` : ""}; ${
    range(Math.min(...rounds), Math.max(...rounds))
  } ${Math.max(...rounds) === 1 ? "round" : "rounds"}.${busy}`;
}
