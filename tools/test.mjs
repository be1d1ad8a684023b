// npm test: installs what is missing, browsers too, then types, lint, unit tests, build, end-to-end tests, journeys in other engines.
// SUPERSIGN_ENGINES=firefox,webkit names the engines of the journeys; without it they are all there are.
// Types, lint and build run beside the unit tests, which leave a core idle while a worker starts and at their end. The journeys run beside the end-to-end tests: both wait for a good part of their time, for browsers to start and files to come.
// Ends with the line "N passed, N failed", counted from the runners' own reports.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fail, installPackages, npmShown, npmUnseen, root } from './install.mjs';

const reports = path.join(root, '.reports');
const unitReport = path.join(reports, 'unit.json');
const browserReport = path.join(reports, 'e2e.json');
const engineReport = path.join(reports, 'engines.json');

installPackages();
const { ensureChromium } = await import('./browser.mjs');
const { ensureEngines } = await import('./engines/ensure-engines.mjs');
if (!ensureChromium()) fail('No Chromium could be installed. Install one and name it in CHROMIUM_PATH.');
ensureEngines();

rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });

/** Each report beside a list of tests that passed only when they were repeated. */
const repeatedBeside = (report) => report.replace('.json', '-repeated.json');

const vitestWith = (script, report, ...more) => [
  ...['run', '--silent', script, '--', '--retry=1'],
  ...['--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
  ...['--reporter=./tools/repeated-reporter.mjs', ...more],
];

/** Title, what npm is told, and the report of Vitest's. */
// Each of TypeScript's checkers finds out for itself what others found out: two take half as much of the processor as its usual four.
const types = ['Types', ['run', '--silent', 'types', '--', '--checkers', '2']];
const lint = ['Lint', ['run', '--silent', 'lint']];
const unitTests = ['Unit tests', vitestWith('unit', unitReport), unitReport];
const build = ['Build', ['run', '--silent', 'build', '--', '--logLevel', 'warn']];
const endToEnd = ['End-to-end tests', ['run', '--silent', 'e2e']];
const journeys = [
  'Journeys in other engines',
  vitestWith('engines', engineReport, '--maxWorkers=1'),
  engineReport,
];

const broken = [];
const took = [];

const announce = ([title]) => console.log(`\n── ${title}`);

/** @returns what was not shown meanwhile */
async function step([title, args, report], npm = npmShown) {
  const begun = performance.now();
  const env = { ...process.env, SUPERSIGN_E2E_REPORT: browserReport };
  if (report) env.SUPERSIGN_REPEATED = repeatedBeside(report);
  const { status, said } = await npm(args, { env });
  if (status !== 0) broken.push(title);
  took.push(`${title.toLowerCase()} ${inWords(performance.now() - begun)}`);
  return said;
}

/** A step, and beside it others one after the other, which say what they have to say when all are done. */
async function together(first, ...others) {
  const said = [];
  const oneByOne = async () => {
    for (const each of others) said.push(await step(each, npmUnseen));
  };
  announce(first);
  await Promise.all([step(first), oneByOne()]);
  others.forEach((each, i) => {
    announce(each);
    process.stdout.write(said[i]);
  });
}

const begun = performance.now();
// The build comes last: by then the unit tests have compiled the kernels where they were not yet.
await together(unitTests, types, lint, build);
if (!broken.includes('Build')) await together(endToEnd, journeys);
took.push(`all in all ${inWords(performance.now() - begun)}`);

const unit = readReport(unitReport);
const engines = readReport(engineReport);
const browser = readReport(browserReport)?.stats;
const passed =
  (unit?.numPassedTests ?? 0) +
  (engines?.numPassedTests ?? 0) +
  (browser?.expected ?? 0) +
  (browser?.flaky ?? 0);
const failedTests = (unit?.numFailedTests ?? 0) + (engines?.numFailedTests ?? 0) + (browser?.unexpected ?? 0);
const skipped = (unit?.numPendingTests ?? 0) + (engines?.numPendingTests ?? 0) + (browser?.skipped ?? 0);
// A step that breaks without a failing test (types, lint, build, a runner that did not start) counts as one.
const failed = Math.max(failedTests, broken.length);

const failing = [...failingUnits(unit), ...journeysThat(({ ok }) => !ok), ...failingUnits(engines)];
if (failing.length > 0) console.log(`\nFailed:\n${failing.map((line) => `  ${line}`).join('\n')}`);
const repeated = [
  ...(readReport(repeatedBeside(unitReport)) ?? []),
  ...journeysThat(({ tests }) => tests.some(({ status }) => status === 'flaky')),
  ...(readReport(repeatedBeside(engineReport)) ?? []),
];
if (repeated.length > 0)
  console.log(
    `\n${repeated.length} passed only when repeated:\n${repeated.map((line) => `  ${line}`).join('\n')}`,
  );
if (skipped > 0) console.log(`\n${skipped} skipped, each with its reason above.`);
if (broken.length > 0) console.log(`\nBroken: ${broken.join(', ')}.`);
console.log(`\nTime taken: ${took.join(', ')}.`);
console.log(`\n${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);

function inWords(milliseconds) {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function readReport(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
}

/** Tests of Vitest's that failed, and files that could not be run: `file > name`. */
function failingUnits(report) {
  return (report?.testResults ?? [])
    .filter(({ status }) => status === 'failed')
    .flatMap(({ name, assertionResults, message }) => {
      const file = path.relative(root, name);
      const failed = assertionResults.filter(({ status }) => status === 'failed');
      if (failed.length === 0) return [`${file}: ${message}`];
      return failed.map(({ fullName }) => `${file} > ${fullName}`);
    });
}

/** End-to-end tests of which this holds: `file > title`. */
function journeysThat(holds) {
  const ofSuite = ({ suites = [], specs = [] }) => [
    ...specs.filter(holds).map(({ file, title }) => `${file} > ${title}`),
    ...suites.flatMap(ofSuite),
  ];
  return (readReport(browserReport)?.suites ?? []).flatMap(ofSuite);
}
