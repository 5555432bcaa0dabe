import jestConfig from './jest.config.js';
import { GATHERED, outputOf } from './scripts/mutation.mjs';

// Mutates the folder that scripts/mutation.mjs names; proof/mutation.md has what came of it.
const folder = process.env.MUTATED_FOLDER ?? 'domain';

export default {
  mutate: [`${folder}/**/*.ts`, `!${folder}/**/*.spec.ts`, `!${folder}/**/test-support/**`, `!${folder}/**/index.ts`],
  // Types of events, codes and states are unions, which the compiler checks; the other texts are prose for people.
  mutator: { excludedMutations: ['StringLiteral'] },
  buildCommand: `node scripts/mutation.mjs --gather ${folder}`,
  testRunner: 'jest',
  testRunnerNodeArgs: ['--experimental-vm-modules'],
  coverageAnalysis: 'perTest',
  jest: {
    projectType: 'custom',
    config: {
      ...jestConfig,
      roots: [`<rootDir>/${folder}`],
      testMatch: [`**/${GATHERED}`],
      // A mutant is told by the globals of a file's own environment.
      testRunner: 'jest-circus/runner',
      testEnvironment: './scripts/mutation/stop-at-failure.mjs',
      testTimeout: 10_000,
    },
    enableFindRelatedTests: false,
  },
  ignorePatterns: ['/dist', '/docs', '/bench', '/coverage', '/scripts/api-clients/.cache'],
  tempDirName: '.cache/mutation/trees',
  // The machine may do other work besides; loops without an end are found by their count.
  timeoutMS: 30_000,
  concurrency: 1,
  // Node keeps the modules of every run of Jest.
  maxTestRunnerReuse: 100,
  reporters: ['json', 'progress-append-only'],
  jsonReporter: { fileName: `${outputOf(folder)}.json` },
  incremental: true,
  incrementalFile: `${outputOf(folder)}.incremental.json`,
};
