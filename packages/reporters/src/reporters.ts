import { chart } from './chart.js';
import { consoleReporter } from './console.js';
import { csv } from './csv.js';
import { figure } from './figure.js';
import { html } from './html.js';
import { jsonl } from './jsonl.js';
import { progress } from './progress.js';
import { runFolder } from './run-folder.js';

/** All reporters of this package by their names. */
export const reporters = {
  console: consoleReporter,
  progress,
  chart,
  jsonl,
  csv,
  figure,
  html,
  'run-folder': runFolder,
} as const;
