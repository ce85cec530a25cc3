import { CoreError, errorMessage, isWellfitError, type ExperimentSpec, type Problem } from '@wellfit/core';
import type { AllPlugins } from '../plugins/builtin-plugins.js';
import { makeReporter } from '../run/make-reporter.js';
import { unknownReporter } from '../run/unknown-reporter.js';

/**
 * Checks the reporters of an experiment before it runs: names and options.
 *
 * @throws CoreError with all problems: `unknown-plugin` or `bad-option`.
 */
export function checkReporters(
  uses: ExperimentSpec['reporters'],
  plugins: Pick<AllPlugins, 'reporters' | 'callbacks'>,
  folder: string,
): void {
  const problems = Object.entries(uses).flatMap(([name, option]): readonly Problem[] => {
    const path = ['reporters', name];
    if (option === false) return [];
    const unknown = unknownReporter(name, plugins);
    if (unknown) return [{ path, ...unknown, target: 'key' }];
    try {
      // Made for the check only: nothing is written before it is connected.
      makeReporter(plugins.reporters[name], option, { folder, stdout: { write: () => true } });
      return [];
    } catch (error) {
      if (isWellfitError(error) && error.problems.length > 0) {
        return error.problems.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
      }
      return [{ path, message: errorMessage(error) }];
    }
  });
  if (problems.length === 0) return;
  const unknown = problems.some(({ target }) => target === 'key');
  throw new CoreError(
    unknown ? 'unknown-plugin' : 'bad-option',
    problems.map(({ message }) => message).join('\n'),
    {
      problems,
    },
  );
}
