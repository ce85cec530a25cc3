export { chart, type ChartReporterOptions } from './chart.js';
export { renderChart, type ChartOptions } from './chart/render-chart.js';
export { readCheckpoint, removeCheckpoint, writeCheckpoint } from './checkpoints/checkpoint-file.js';
export type { CheckpointOrigin } from './checkpoints/checkpoint-layout.js';
export { consoleReporter, type ConsoleOptions } from './console.js';
export { csv, renderCsv, type CsvOptions } from './csv.js';
export { ReporterError } from './errors.js';
export {
  experimentRecord,
  histories,
  type ExperimentRecord,
  type RecordedDistributions,
  type RunRecord,
} from './experiment-record.js';
export { jsonl, type JsonlOptions } from './jsonl.js';
export { checkSameNumerics } from './numerics.js';
export { progress, type ProgressOptions } from './progress.js';
export { readRunEvents, readRunFolder } from './read-run-folder.js';
export { runFolder } from './run-folder.js';
export { runFolderPath } from './run-folder-layout.js';
export { figure, type FigureReporterOptions } from './figure.js';
export { figureSpec, type FigureOptions } from './figures/figure-spec.js';
export type { Band } from './figures/curve-rows.js';
export type { Metric, Panel } from './figures/panel.js';
export { renderPng } from './figures/render-png.js';
export { renderSvg, type SvgText } from './figures/render-svg.js';
export { figureKinds, type FigureKind } from './figures/choose-figures.js';
export { encodePng } from './figures/encode-png.js';
export { distributionSpec, type DistributionFigureOptions } from './figures/distribution-spec.js';
export type { DistributionKind } from './figures/distribution-table.js';
export { multiplesSpec } from './figures/multiples-spec.js';
export { trainingSizeSpec, type TrainingSizeOptions } from './figures/training-size-spec.js';
export { imageGridSvg, type LabeledImage } from './figures/image-grid-svg.js';
export { imageText } from './figures/image-text.js';
export { multiHotSvg } from './figures/multi-hot-svg.js';
export { multiHotText } from './figures/multi-hot-text.js';
export type { ImageSize, PixelImage } from './figures/pixel-image.js';
export { html, type HtmlOptions } from './html.js';
export {
  renderComparison,
  type ComparedArms,
  type FolderComparison,
} from './run-details/render-comparison.js';
export {
  renderExperiment,
  type DetailLook,
  type ExperimentDetails,
} from './run-details/render-experiment.js';
export { renderRun, type RunDetails } from './run-details/render-run.js';
export { shownRun, type ShownRun } from './run-details/shown-run.js';
export { specDifferences, type SpecDifference } from './run-details/spec-differences.js';
export { renderReport } from './report/render-report.js';
export { reporters } from './reporters.js';
export { writeAtomically } from './write-atomically.js';
