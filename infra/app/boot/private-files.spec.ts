import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keepPrivate } from './private-files.js';

describe('the files of a data directory', () => {
  let root: string;
  beforeEach(() => (root = mkdtempSync(join(tmpdir(), 'cartwright-private-'))));
  afterEach(() => rmSync(root, { recursive: true }));

  const modeOf = (path: string): number => statSync(path).mode & 0o7777;
  const opened = (directory: string, mode: number, ...names: readonly string[]): string => {
    mkdirSync(directory, { recursive: true });
    for (const name of names) {
      writeFileSync(join(directory, name), '');
      chmodSync(join(directory, name), 0o644);
    }
    chmodSync(directory, mode);
    return directory;
  };
  const keep = (dataDir: string, keys = dataDir) => {
    const embedded = `sqlite:${dataDir}`;
    const urls = { eventStoreUrl: embedded, readStoreUrl: 'mongodb://db', searchUrl: embedded };
    keepPrivate({ dataDir, ...urls, keyStoreUrl: `sqlite:${keys}` });
  };
  const OURS = [
    'events.db',
    'events.db-wal',
    'events.db-shm',
    'read.db',
    'processes.db',
    'search.db',
    'search-pins.db',
  ];
  const SECRETS = ['keys.db', 'keys.db-wal', 'auth.secret', 'server.secret'];

  it('are taken from everybody but their owner, with the directory, also where an earlier version made them', () => {
    const directory = opened(join(root, 'data'), 0o755, ...OURS, ...SECRETS);
    keep(directory);
    expect(modeOf(directory)).toBe(0o700);
    for (const name of [...OURS, ...SECRETS]) expect([name, modeOf(join(directory, name))]).toEqual([name, 0o600]);
  });

  it('are so wherever a store is', () => {
    const [data, keys] = [opened(join(root, 'data'), 0o755), opened(join(root, 'keys'), 0o755, 'keys.db')];
    keep(data, keys);
    expect([modeOf(data), modeOf(keys), modeOf(join(keys, 'keys.db'))]).toEqual([0o700, 0o700, 0o600]);
  });

  it('leave alone what is not ours, and a directory that is shared on purpose', () => {
    const directory = opened(join(root, 'data'), 0o1777, 'events.db', 'notes.txt');
    keep(directory);
    expect(modeOf(directory)).toBe(0o1777);
    expect(modeOf(join(directory, 'notes.txt'))).toBe(0o644);
    expect(modeOf(join(directory, 'events.db'))).toBe(0o600);
  });

  it('need not be there yet', () => {
    expect(() => keep(join(root, 'nothing'))).not.toThrow();
  });
});
