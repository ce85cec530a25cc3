import type { ExperimentAnalysis } from '@wellfit/core';
import pc from 'picocolors';
import { resultsTable } from '../results-table.js';
import { printable, wrap } from '../terminal-text.js';
import { textTable, type TextLook } from '../text-table.js';
import { factLines } from './fact-lines.js';
import { leafText } from './flatten-json.js';
import type { DetailLook } from './render-experiment.js';
import type { SpecDifference } from './spec-differences.js';

/** Arms of several run folders side by side. */
export interface ComparedArms {
  /** The arm that they have in common, or several names. */
  readonly title: string;
  /** What the values of `differences` belong to, such as `A/base`. */
  readonly labels: readonly string[];
  readonly differences: readonly SpecDifference[];
  /** Why some are not compared, and what to keep in mind of the others; sentences. */
  readonly remarks: readonly string[];
  /** Of those that can be compared; absent where none can. */
  readonly analysis?: ExperimentAnalysis;
}

/** Run folders side by side. */
export interface FolderComparison {
  /** A letter for each folder, and what it stands for. */
  readonly folders: readonly (readonly [label: string, text: string])[];
  /** What is not the same of the folders as a whole. */
  readonly differences: readonly SpecDifference[];
  readonly remarks: readonly string[];
  readonly arms: readonly ComparedArms[];
}

/**
 * A comparison of run folders as text: what is not the same in how they were run, then for each arm what is not the same
 * in its specification, and what the results show.
 *
 * @returns Lines, each ended by a newline.
 */
export function renderComparison(comparison: FolderComparison, { width, color }: DetailLook): string {
  const colors = pc.createColors(color);
  const look = { width, colors };
  const { folders, differences, remarks, arms } = comparison;
  const labels = folders.map(([label]) => label);
  const sections = [
    factLines(folders, look),
    differenceLines(labels, differences, look),
    remarkLines(remarks, width),
    ...arms.flatMap((one) => [
      [
        ...(arms.length > 1 ? wrap(printable(`Arm ${one.title}`), width).map(colors.bold) : []),
        ...differenceLines(one.labels, one.differences, look),
        ...(one.differences.length === 0 ? wrap('The specifications are the same.', width) : []),
      ],
      remarkLines(one.remarks, width),
      one.analysis ? [resultsTable(one.analysis, colors, width).trimEnd()] : [],
    ]),
  ];
  const text = sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n').trimEnd());
  return `${text.join('\n\n')}\n`;
}

function differenceLines(
  labels: readonly string[],
  differences: readonly SpecDifference[],
  look: TextLook,
): string[] {
  if (differences.length === 0) return [];
  return textTable(
    [
      { title: 'differs', cells: differences.map(({ path }) => path) },
      ...labels.map((label, i) => ({
        title: label,
        cells: differences.map(({ values }) => {
          const value = values[i];
          return value === undefined ? '–' : leafText(value);
        }),
      })),
    ],
    look,
  );
}

function remarkLines(remarks: readonly string[], width: number): string[] {
  return remarks.flatMap((remark) => wrap(printable(remark), width));
}
