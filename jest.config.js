import { swcOptions } from './scripts/jest/typescript.mjs';

/** ES modules in TypeScript: compiled by swc, run with node's VM modules (see the `test` script). */
export default {
  testEnvironment: 'node',
  testRunner: '<rootDir>/scripts/jest/shared-modules-runner.mjs',
  maxWorkers: '100%',
  // Specs wait on conditions; how long that takes depends on what else the machine does.
  testTimeout: 60_000,
  roots: ['domain', 'write-side', 'projections', 'read-api', 'sagas', 'infra', 'web'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testSequencer: '<rootDir>/scripts/jest/long-specs-first.mjs',
  testMatch: ['**/*.spec.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': ['@swc/jest', swcOptions] },
  collectCoverageFrom: ['domain/**/*.ts', 'sagas/**/*.ts', 'projections/**/*.ts', '!**/*.spec.ts', '!**/index.ts'],
};
