/** The README's section on speed; run as a program, it prints that of outputs/bench/. @module */
import { machineInWords } from "ser/support/machine.ts";
import {
  cells,
  median,
  NOTHING,
  othersText,
  peerOf,
  quantity,
  range,
  roundsText,
  titleOf,
} from "./report.ts";
import { type BenchResults, PUBLISHED, type RowResult, storedResults } from "./results.ts";
import { FACTORS, labelled, rowOf, sizeLabel } from "./rows.ts";

/** A row and what it was measured on. */
type Entry = { subject: string; result: RowResult };

/** The README's section, in Markdown; one sentence where nothing was measured yet. */
export function benchSection(all: readonly BenchResults[]): string {
  const rows = all.flatMap(({ subject, rows }) =>
    rows.map((result) => ({ subject: titleOf(subject), result }))
  );
  if (rows.length === 0) return "Not measured yet; `deno task bench --peer` does it.\n";
  const results = rows.map(({ result }) => result);
  const parts = [compared(rows), beside(rows), grown(rows), start(results), conditions(results)];
  return parts.filter((part) => part !== "").join("\n\n") + "\n";
}

function markdown(head: readonly string[], lines: readonly (readonly string[])[]): string {
  if (lines.length === 0) return "";
  return [head, head.map(() => "---"), ...lines].map((line) => `| ${line.join(" | ")} |`)
    .join("\n");
}

/** Wall time, ratio with spread, and ratio of processor time, of the rows that have a peer. */
function compared(rows: readonly Entry[]): string {
  const lines = rows.flatMap(({ subject, result }) => {
    const { title, metrics, peer } = rowOf(result.row);
    const [time, work] = Object.keys(metrics).map((name) => cells(result, name));
    if (!peer || !time) return [];
    const ratios = [`**${time.ratio}**`, work!.ratio];
    return [[subject, title, time.ours, time.peer, ...ratios, peerOf(result)]];
  });
  const ratios = ["ours / peer", "the same in processor time"];
  return markdown(["corpus", "work", "ours", "peer", ...ratios, "the peer"], lines);
}

/** What comes with the epochs: "ours : peer = ratio". */
function beside(rows: readonly Entry[]): string {
  const names = ["firstEpochSeconds", "startSeconds", "utteranceMs", "peakMegabytes"];
  const epochs = rows.filter(({ result }) => result.row.startsWith("epoch-"));
  const lines = epochs.map(({ subject, result }) => [
    ...[subject, rowOf(result.row).title.replace("epoch of ", "")],
    ...names.map((name) => {
      const found = cells(result, name);
      if (!found || found.peer === NOTHING) return found?.ours ?? NOTHING;
      return `${found.ours} : ${found.peer} = ${found.ratio.split(" ")[0]}`;
    }),
  ]);
  const { metrics } = rowOf("epoch-cnn");
  return markdown(["corpus", "network", ...names.map((name) => metrics[name])], lines);
}

/** Time and memory at 1, 4 and 16 times the data. */
function grown(rows: readonly Entry[]): string {
  const lines = rows.flatMap(({ subject, result: { row, ours: { samples } } }) => {
    if (!row.startsWith("scaling-")) return [];
    const epochs = row === "scaling-epoch";
    const work = epochs ? "epoch of CNN-ATN" : "MFCCs, all cores";
    const time = epochs ? "epochSeconds" : "seconds";
    return (epochs ? ["utterances", "frames"] : ["utterances"]).map((series) => {
      const at = (name: string) =>
        FACTORS.map((factor) => samples[labelled(sizeLabel(series, factor), name)])
          .flatMap((numbers) => numbers ? [median(numbers)] : []);
      return [subject, work, series, ...growth(at(time)), memoryText(at("peakMegabytes"))];
    });
  });
  const times = FACTORS.map((factor) => `${factor}×`);
  return markdown(["corpus", "work", "more", ...times, "power of growth", "peak memory"], lines);
}

const LARGEST = FACTORS.at(-1)!;

/** Seconds at each size, and the power with which they grow: 1 where they are proportional. */
function growth(seconds: readonly number[]): string[] {
  const power = Math.log2(seconds.at(-1)! / seconds[0]) / Math.log2(LARGEST);
  return [...seconds.map((value) => quantity(value, "seconds")), power.toFixed(2)];
}

/** Peak memory at each size, and what each further corpus adds. */
function memoryText(memory: readonly number[]): string {
  if (memory.length === 0) return NOTHING;
  const inMegabytes = (value: number) => quantity(value, "peakMegabytes");
  const slope = (memory.at(-1)! - memory[0]) / (LARGEST - 1);
  return `${memory.map(inMegabytes).join(", ")}; ${inMegabytes(slope)} for each 1× more`;
}

function start(rows: readonly RowResult[]): string {
  const result = rows.find(({ row }) => row === "start");
  if (!result) return "";
  const times = Object.entries(rowOf("start").metrics)
    .map(([name, what]) => `${what} after ${cells(result, name)!.ours}`);
  return `\`deno task paper\`, where all is set up: ${times.join(", ")}.`;
}

/** Machines, dates, versions, rounds, and how busy the machines were. */
function conditions(rows: readonly RowResult[]): string {
  const machines = new Set(rows.map(({ machine }) => machineInWords(machine)));
  const dates = rows.map(({ measured }) => measured.slice(0, 10)).sort();
  const { deno, backend }: Record<string, string> = Object.assign(
    {},
    ...rows.map(({ ours }) => ours.versions),
  );
  const ours = `Deno ${deno}${backend ? `, ${backend}` : ""}`,
    when = range(dates[0], dates.at(-1)!);
  return `Measured on ${[...machines].join("; ")}; ${when}; ours: ${ours}; ${roundsText(rows)}.` +
    othersText(rows);
}

if (import.meta.main) console.log(benchSection(await storedResults(PUBLISHED)).trimEnd());
