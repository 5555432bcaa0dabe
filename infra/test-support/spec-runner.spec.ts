import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

interface FileReport {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly assertionResults: readonly { readonly title: string; readonly status: string }[];
}

const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
const testRunner = join(
  dirname(fileURLToPath(import.meta.url)),
  '..',
  '..',
  'scripts',
  'jest',
  'shared-modules-runner.mjs',
);

/** Runs files of specs in one worker as `npm test` does, and answers Jest's report of each by its name. */
async function reportsOf(files: Readonly<Record<string, string>>): Promise<ReadonlyMap<string, FileReport>> {
  const rootDir = mkdtempSync(join(tmpdir(), 'cartwright-specs-'));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(rootDir, name), text);
    const report = join(rootDir, 'report.json');
    const config = JSON.stringify({ rootDir, testRunner, testEnvironment: 'node', transform: {} });
    const args = [jest, '--config', config, '--runInBand', '--json', `--outputFile=${report}`];
    await new Promise<void>((done) => execFile(process.execPath, args, { cwd: rootDir }, () => done()));
    const { testResults } = JSON.parse(readFileSync(report, 'utf8')) as { testResults: readonly FileReport[] };
    return new Map(testResults.map((file) => [file.name.slice(rootDir.length + 1), file]));
  } finally {
    rmSync(rootDir, { recursive: true, force: true });
  }
}

const ALONE = `
  import { loaded } from './loaded.js';
  it('finds the environment as it was, and modules that are loaded once', () => {
    expect([process.env['LEFT_BEHIND'], loaded()]).toEqual([undefined, 1]);
    process.env['LEFT_BEHIND'] = 'by another file';
  });
  it('compares with types of the same realm', () => {
    expect({ text: 'a', error: new TypeError('b') }).toEqual({ text: expect.any(String), error: expect.any(Error) });
  });
`;

describe('the runner of specs', () => {
  let reports: ReadonlyMap<string, FileReport>;
  beforeAll(async () => {
    reports = await reportsOf({
      'loaded.ts':
        'const counts = globalThis as { loads?: number };\ncounts.loads = (counts.loads ?? 0) + 1;\nexport const loaded = (): number => counts.loads ?? 0;\n',
      'one.spec.ts': ALONE,
      'other.spec.ts': ALONE,
      'wrong.spec.ts': `
        it('is not so', () => expect(1).toBe(2));
        it('never ends', () => new Promise(() => undefined), 200);
        it.skip('is left out', () => undefined);
        it('is so', () => expect(1).toBe(1));
      `,
      'rejected.spec.ts':
        "it('is so', async () => { void Promise.reject(new Error('unheard')); await new Promise(setImmediate); });",
      'thrown.spec.ts':
        "it('is so', async () => { setImmediate(() => { throw new Error('thrown beside'); }); await new Promise((done) => setTimeout(done, 50)); });",
      'broken.spec.ts': "throw new Error('cannot be loaded');",
    });
  }, 60_000);

  it('gives each file the environment that was there before, and all the same modules', () => {
    for (const name of ['one.spec.ts', 'other.spec.ts'])
      expect(reports.get(name)?.assertionResults).toEqual([
        expect.objectContaining({ status: 'passed' }),
        expect.objectContaining({ status: 'passed' }),
      ]);
  });

  it('fails a test that is wrong, and one that does not end in its time', () => {
    const { assertionResults = [] } = reports.get('wrong.spec.ts') ?? {};
    expect(assertionResults.map(({ status }) => status)).toEqual(['failed', 'failed', 'pending', 'passed']);
  });

  it.each([
    ['rejected.spec.ts', 'unheard'],
    ['thrown.spec.ts', 'thrown beside'],
    ['broken.spec.ts', 'cannot be loaded'],
  ])('fails a file in which something goes wrong beside its tests: %s', (name, said) => {
    const { status, message } = reports.get(name) ?? {};
    expect([status, message]).toEqual(['failed', expect.stringContaining(said)]);
  });
});
