/**
 * Everything that the notebooks use, under one name:
 *
 * ```ts ignore
 * import * as ser from "ser";
 * ```
 * @module
 */
import "./notebook/kernel.ts"; // first: keeps outputs in their cells and survives the stop button

export * as tf from "@tensorflow/tfjs";
export * from "./audio/decode.ts";
export * from "./audio/load.ts";
export * from "./audio/resample.ts";
export { loadBackend } from "./backend/load.ts";
export * from "./corpora/dataset.ts";
export * from "./corpora/find.ts";
export * from "./corpora/info.ts";
export { loadCorpus } from "./corpora/load.ts";
export * from "./corpora/protocols/protocol.ts";
export { SENTENCE_FOLDS } from "./corpora/protocols/sentences.ts";
export { SPEAKER_FOLDS } from "./corpora/protocols/speakers.ts";
export { stratifiedSplit } from "./corpora/protocols/stratified.ts";
export { publishedFrames } from "./corpora/published_frames.ts";
export * from "./corpora/splits.ts";
export type { Corpus } from "./corpora/load.ts";
export type { CorpusInfo, CorpusName, Utterance } from "./corpora/types.ts";
export { DBN } from "./dbn/dbn.ts";
export { seededDraws } from "./dbn/draws.ts";
export { dbnNetwork } from "./dbn/network.ts";
export { RBM } from "./dbn/rbm.ts";
export * from "./evaluation/agreement.ts";
export * from "./evaluation/attention_share.ts";
export * from "./evaluation/bootstrap.ts";
export * from "./evaluation/class_statements.ts";
export * from "./evaluation/corrected_t.ts";
export * from "./evaluation/effect_size.ts";
export * from "./evaluation/holm.ts";
export * from "./evaluation/interval.ts";
export * from "./evaluation/judge_ablations.ts";
export { leadsOf } from "./evaluation/ledger/claims.ts";
export { recomputeLedger } from "./evaluation/ledger/recompute.ts";
export * from "./evaluation/mcnemar.ts";
export * from "./evaluation/metrics.ts";
export * from "./evaluation/model_differences.ts";
export * from "./evaluation/new_speakers.ts";
export * from "./evaluation/over_seeds.ts";
export * from "./evaluation/reading_effects.ts";
export * from "./evaluation/results_table.ts";
export * from "./evaluation/run_confusion.ts";
export * from "./evaluation/run_groups.ts";
export * from "./evaluation/speaker_bootstrap.ts";
export * from "./evaluation/table2_row.ts";
export * from "./evaluation/two_proportions.ts";
export * from "./evaluation/verdict.ts";
export * from "./features/decibels.ts";
export * from "./features/librosa_example.ts";
export * from "./features/matrix.ts";
export { logMelSpectrogram, melFilterBank, melSpectrogram } from "./features/mel.ts";
export * from "./features/meyda.ts";
export * from "./features/mfcc.ts";
export * from "./features/pad.ts";
export * from "./features/scaling.ts";
export { powerSpectrogram } from "./features/stft.ts";
export * from "./layers/attend.ts";
export * from "./layers/attention.ts";
export * from "./layers/convolve.ts";
export { dropOut } from "./layers/dropout.ts";
export * from "./layers/lstm.ts";
export * from "./layers/lstm_step.ts";
export * from "./models/attention_weights.ts";
export * from "./models/cnn.ts";
export * from "./models/cnn_attention.ts";
export * from "./models/coefficient_effects.ts";
export {
  activate,
  coveredFrames,
  KERNEL_SIZES,
  RECEPTIVE_FIELD,
  receptiveField,
} from "./models/convolutions.ts";
export * from "./models/dead_units.ts";
export * from "./models/hidden_states.ts";
export * from "./models/layer_blocks.ts";
export * from "./models/layer_output.ts";
export * from "./models/lstm.ts";
export * from "./models/lstm_attention.ts";
export * from "./models/sdnn.ts";
export * from "./notebook/ablation_view.ts";
export * from "./notebook/attention_view.ts";
export * from "./notebook/audio.ts";
export * from "./notebook/check.ts";
export * from "./notebook/claims_view.ts";
export * from "./notebook/compared_view.ts";
export * from "./notebook/corpus_table.ts";
export * from "./notebook/coverage_view.ts";
export * from "./notebook/dead_units_view.ts";
export * from "./notebook/differences_view.ts";
export * from "./notebook/interrupt.ts";
export * from "./notebook/ledger_view.ts";
export { listenTo } from "./notebook/listen.ts";
export * from "./notebook/live.ts";
export * from "./notebook/means_view.ts";
export * from "./notebook/memory_view.ts";
export * from "./notebook/misheard_view.ts";
export * from "./notebook/model_table.ts";
export * from "./notebook/output.ts";
export * from "./notebook/readings_view.ts";
export * from "./notebook/reference_view.ts";
export * from "./notebook/results_view.ts";
export * from "./notebook/session.ts";
export * from "./notebook/shift_view.ts";
export * from "./notebook/show.ts";
export * from "./notebook/speakers_view.ts";
export * from "./notebook/statements_view.ts";
export * from "./notebook/table2_view.ts";
export * from "./notebook/train_here.ts";
export * from "./paper/ablation_claims.ts";
export * from "./paper/compared.ts";
export * from "./paper/confusions.ts";
export { LEDGER, ledgerEntry } from "./paper/ledger/ledger.ts";
export * from "./paper/results.ts";
export * from "./paper/rounding.ts";
export * from "./paper/shapes.ts";
export * from "./plots/attention.ts";
export * from "./plots/class_scores.ts";
export { emotionColour } from "./plots/colours.ts";
export * from "./plots/compare_curves.ts";
export * from "./plots/confusion.ts";
export * from "./plots/confusion_panels.ts";
export { type CurveHistory, type CurveOptions, learningCurves } from "./plots/curves.ts";
export * from "./plots/distributions.ts";
export * from "./plots/emotion_profiles.ts";
export * from "./plots/filter_bank.ts";
export { type Figure } from "./plots/figure.ts";
export * from "./plots/hidden_states.ts";
export * from "./plots/intervals.ts";
export { logMelFigure, mfccFigure } from "./plots/heatmaps.ts";
export * from "./plots/lengths.ts";
export * from "./plots/lines.ts";
export { modelFigure, type ModelFigureOptions } from "./plots/model_diagram.ts";
export * from "./plots/receptive_field.ts";
export * from "./plots/rounding.ts";
export { envelopeFigure, signalFigure, waveformFigure } from "./plots/signal.ts";
export * from "./plots/weights.ts";
export * from "./support/random.ts";
export { gridExperiments } from "./sweep/grid.ts";
export { type GridName, GRIDS } from "./sweep/grids.ts";
export type { ReferenceResult } from "./sweep/result.ts";
export { problemInWords, REFERENCE_FOLDER, referenceResults } from "./sweep/results_folder.ts";
export * from "./training/experiment.ts";
export { splitOf } from "./training/run_data.ts";
export { trainOrLoad } from "./training/runs.ts";
export type { Prediction, RunResult } from "./training/stored_run.ts";
