import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { logFilesOf } from './embedded-files.js';

describe('the size of the log', () => {
  let directory: string;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'log-size-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is that of its file and its write-ahead log, and of nothing beside them', async () => {
    const measure = logFilesOf(`sqlite:${directory}`);
    expect(await measure?.()).toMatchObject({ bytes: 0 });
    writeFileSync(join(directory, 'events.db'), 'x'.repeat(1_000));
    writeFileSync(join(directory, 'events.db-wal'), 'x'.repeat(200));
    writeFileSync(join(directory, 'read.db'), 'x'.repeat(5_000));
    const size = await measure?.();
    expect(size?.bytes).toBe(1_200);
    expect(size?.freeBytes).toBeGreaterThan(0);
  });

  it('is none of this process where the log is on a server', () => {
    expect(logFilesOf('esdb://127.0.0.1:2113')).toBeNull();
  });
});
