/** Jest reporter: says how many tests were skipped, then the plain line `N passed, N failed`. */
export default class PlainSummary {
  onRunComplete(_contexts, results) {
    // A test file that does not even load counts as one failure: jest itself would count no test for it.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    process.stdout.write(`\n${skipped} skipped\n${results.numPassedTests} passed, ${failed} failed\n`);
  }
}
