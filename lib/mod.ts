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
export { loadSignal, type Signal } from "./audio/load.ts";
export { resample } from "./audio/resample.ts";
export { cutInWords, fitSilence } from "./audio/trim.ts";
export { loadBackend } from "./backend/load.ts";
export { type Dataset, loadDataset } from "./corpora/dataset.ts";
export { corpusInfo } from "./corpora/info.ts";
export { loadCorpus } from "./corpora/load.ts";
export { SPEAKER_FOLDS } from "./corpora/protocols/speakers.ts";
export { publishedFrames } from "./corpora/published_frames.ts";
export { randomSplit } from "./corpora/splits.ts";
export { type Corpus } from "./corpora/load.ts";
export { type CorpusName } from "./corpora/types.ts";
export { DBN } from "./dbn/dbn.ts";
export { seededDraws } from "./dbn/draws.ts";
export { dbnNetwork } from "./dbn/network.ts";
export { RBM } from "./dbn/rbm.ts";
export { agreement } from "./evaluation/agreement.ts";
export { type AttentionShare } from "./evaluation/attention_share.ts";
export { fitTemperature, withTemperature } from "./evaluation/calibration.ts";
export { correctedTTest } from "./evaluation/corrected_t.ts";
export { holm } from "./evaluation/holm.ts";
export { wilsonInterval } from "./evaluation/interval.ts";
export { recomputeLedger } from "./evaluation/ledger/recompute.ts";
export { describeCloud, mahalanobis } from "./evaluation/mahalanobis.ts";
export { mcnemar } from "./evaluation/mcnemar.ts";
export { correctCount } from "./evaluation/metrics.ts";
export { readingEffects } from "./evaluation/reading_effects.ts";
export { modelInWords } from "./evaluation/results_table.ts";
export { accuracyOf, confusionOf, pooledConfusion } from "./evaluation/run_confusion.ts";
export { chooseGroups, corporaOf, groupRuns } from "./evaluation/run_groups.ts";
export { pairedBounds } from "./evaluation/two_proportions.ts";
export { countsInWords, impliedCounts } from "./evaluation/verdict.ts";
export { powerToDb } from "./features/decibels.ts";
export { largestDifference, librosaExample } from "./features/librosa_example.ts";
export { row, toRows } from "./features/matrix.ts";
export { logMelSpectrogram, melFilterBank } from "./features/mel.ts";
export { meydaMfcc, spectralCentroid } from "./features/meyda.ts";
export { mfcc } from "./features/mfcc.ts";
export { padFrames, timeAverage } from "./features/pad.ts";
export { fitScaling, type ScalingKind, SCALINGS } from "./features/scaling.ts";
export { powerSpectrogram } from "./features/stft.ts";
export { attendTo } from "./layers/attend.ts";
export { type AttentionScore } from "./layers/attention.ts";
export { convolve } from "./layers/convolve.ts";
export { dropOut } from "./layers/dropout.ts";
export { lstmSteps } from "./layers/lstm_step.ts";
export { cnn } from "./models/cnn.ts";
export { cnnAttention } from "./models/cnn_attention.ts";
export { coefficientEffects } from "./models/coefficient_effects.ts";
export { activate, coveredFrames, KERNEL_SIZES, RECEPTIVE_FIELD } from "./models/convolutions.ts";
export { lstmLayerStates, utteranceStates } from "./models/hidden_states.ts";
export { layerOutput } from "./models/layer_output.ts";
export { lstm } from "./models/lstm.ts";
export { lstmAttention } from "./models/lstm_attention.ts";
export { sdnn } from "./models/sdnn.ts";
export { ablationTable, agreementTable } from "./views/ablation.ts";
export { attentionExample, attentionOnPadding, attentionOver } from "./views/attention.ts";
export { audio } from "./notebook/audio.ts";
export { check } from "./notebook/check.ts";
export { claimsView } from "./views/claims.ts";
export { comparedView } from "./views/compared.ts";
export { corpusTable } from "./views/corpus_table.ts";
export { coverageInWords, coverageTable } from "./views/coverage.ts";
export { deadUnitsTable } from "./views/dead_units.ts";
export { differencesInWords, differencesView } from "./views/differences.ts";
export { interruptSignal } from "./notebook/interrupt.ts";
export { leadsFigure, leadsView, ledgerView } from "./views/ledger.ts";
export { listenTo } from "./notebook/listen.ts";
export { explainedAnswers, meansAsRead, typicalMeans } from "./views/means.ts";
export { frameMemory, memoryFigure, speechMemory } from "./views/memory.ts";
export { misheardView } from "./views/misheard.ts";
export { table } from "./notebook/output.ts";
export { readingsFigure, readingsView } from "./views/readings.ts";
export {
  familiarityInWords,
  networkReliability,
  networksTable,
  recognitionAttention,
  recognitionFigure,
} from "./views/recognition.ts";
export { referenceFor, referenceRunsFigure, referenceTable } from "./views/reference.ts";
export { accuracyTable, factsTable } from "./views/results.ts";
export { corporaToUse, QUICK_EPOCHS, quickMode } from "./notebook/session.ts";
export { shiftedAccuracy } from "./views/shift.ts";
export { show } from "./notebook/show.ts";
export { speakerFalls, speakersFigure, speakersView } from "./views/speakers.ts";
export { confusionsView, statementsInWords, statementsView } from "./views/statements.ts";
export { table2Figure, table2View, verdictsInWords } from "./views/table2.ts";
export { type TrainedRun, trainHere } from "./notebook/train_here.ts";
export { COMPARED_WORKS, sameInTable2 } from "./paper/compared.ts";
export { CLASS_FACTS } from "./paper/confusions.ts";
export { LEDGER } from "./paper/ledger.ts";
export {
  ABLATIONS,
  countsThatRoundTo,
  PAPER_TITLES,
  paperResult,
  TABLE_2,
} from "./paper/results.ts";
export { nearestShare } from "./paper/rounding.ts";
export { kernelsBetween, lengthsAfter, PRINTED_LENGTHS } from "./paper/shapes.ts";
export { classScoresFigure } from "./plots/class_scores.ts";
export { emotionColour } from "./plots/colours.ts";
export { compareCurves } from "./plots/compare_curves.ts";
export { confusionFigure } from "./plots/confusion.ts";
export { learningCurves } from "./plots/curves.ts";
export { boxesFigure, countsFigure } from "./plots/distributions.ts";
export { emotionProfiles } from "./plots/emotion_profiles.ts";
export { filterBankFigure } from "./plots/filter_bank.ts";
export { hiddenStatesFigure } from "./plots/hidden_states.ts";
export { mfccFigure } from "./plots/heatmaps.ts";
export { lengthsFigure } from "./plots/lengths.ts";
export { linesFigure } from "./plots/lines.ts";
export { modelFigure } from "./plots/model_diagram.ts";
export { receptiveFieldFigure } from "./plots/receptive_field.ts";
export { roundingFigure } from "./plots/rounding.ts";
export { signalFigure, waveformFigure } from "./plots/signal.ts";
export { tilesFigure, weightsFigure } from "./plots/weights.ts";
export { readModelFiles } from "./recognition/model_files.ts";
export { readSound } from "./recognition/read_sound.ts";
export { loadRecogniser, type Recognition } from "./recognition/recogniser.ts";
export { percent } from "./support/percent.ts";
export { RandomState } from "./support/random.ts";
export { gridExperiments } from "./sweep/grid.ts";
export { type GridName, GRIDS } from "./sweep/grids.ts";
export { problemInWords, REFERENCE_FOLDER, referenceResults } from "./sweep/results_folder.ts";
export { type Experiment, experiment, quick } from "./training/experiment.ts";
export { trainOrLoad } from "./training/runs.ts";
export { type RunResult } from "./training/stored_run.ts";
