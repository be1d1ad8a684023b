import { writeFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Writes which tests passed only when they were repeated, which Vitest's own reports do not tell: a list of `file > name` as JSON, into
 * the file that SUPERSIGN_REPEATED names.
 */
export default class RepeatedReporter {
  onTestRunEnd(modules) {
    const file = process.env.SUPERSIGN_REPEATED;
    if (file) writeFileSync(file, JSON.stringify(modules.flatMap(repeatedIn)));
  }
}

const repeatedIn = (module) =>
  [...module.children.allTests()]
    .filter((test) => test.diagnostic()?.flaky)
    .map((test) => `${path.relative(process.cwd(), module.moduleId)} > ${test.fullName}`);
