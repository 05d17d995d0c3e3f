import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/**
 * @typedef {{ status: string, message?: string, assertionResults: readonly { status: string }[] }} FileResult
 * @typedef {{ passed: number, failed: number, skipped: number }} Count
 */

/**
 * Counts the reports of vitest's `json` reporter. A file that failed without a failed test (it did not even load) counts as one failure,
 * and so does a report that is missing.
 *
 * @param {readonly ({ testResults: readonly FileResult[] } | undefined)[]} reports
 * @returns {Count}
 */
export function countTests(reports) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports) {
    if (report === undefined) count.failed++;
    for (const { status, assertionResults } of report?.testResults ?? []) {
      const failed = assertionResults.filter((one) => one.status === 'failed').length;
      const passed = assertionResults.filter((one) => one.status === 'passed').length;
      count.passed += passed;
      count.failed += failed === 0 && status === 'failed' ? 1 : failed;
      count.skipped += assertionResults.length - passed - failed;
    }
  }
  return count;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const files = process.argv.slice(2);
  const { passed, failed, skipped } = countTests(
    files.map((file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)),
  );
  console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  if (failed > 0 || passed === 0) process.exitCode = 1;
}
