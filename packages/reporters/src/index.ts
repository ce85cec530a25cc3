export { consoleReporter, type ConsoleOptions } from './console.js';
export { csv, renderCsv, type CsvOptions } from './csv.js';
export { ReporterError } from './errors.js';
export { experimentRecord, histories, type ExperimentRecord, type RunRecord } from './experiment-record.js';
export { jsonl, type JsonlOptions } from './jsonl.js';
export { progress, type ProgressOptions } from './progress.js';
export { readRunFolder } from './read-run-folder.js';
export { runFolder } from './run-folder.js';
