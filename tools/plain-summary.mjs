/** Jest reporter: ends the run with the plain line `N passed, N failed, N skipped`. */
export default class PlainSummary {
  onRunComplete(_contexts, results) {
    // A test file that does not even load counts as one failure: jest itself would count no test for it.
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    process.stdout.write(`\n${results.numPassedTests} passed, ${failed} failed, ${skipped} skipped\n`);
  }
}
