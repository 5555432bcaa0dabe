import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectories } from '../event-store/test-support/index.js';
import { openSqliteFile, type SqliteFile } from './index.js';

const newDirectory = temporaryDirectories();

const kindOf = (content: SqliteFile['content']): SqliteFile => ({
  content,
  applicationId: 0x43577878,
  schemaVersion: 1,
  create: (database) => database.exec('CREATE TABLE things (name TEXT)'),
});

describe('opening a file of ours', () => {
  it.each([
    ['recorded', 2],
    ['derived', 1],
    ['transient', 0],
  ] as const)('of a kind that is %s writes through as that kind has to', (content, synchronous) => {
    const database = openSqliteFile(kindOf(content), join(newDirectory(), 'things.db'));
    expect(database.pragma('synchronous', { simple: true })).toBe(synchronous);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
    database.close();
  });

  it.each(['recorded', 'derived', 'transient'] as const)(
    'of a kind that is %s asks for no backup and no deletion where its directory is deleted meanwhile',
    (content) => {
      const data = join(newDirectory(), 'data');
      mkdirSync(data);
      const create: SqliteFile['create'] = () => {
        rmSync(data, { recursive: true });
        throw new Error('what the driver says then');
      };
      const kind = { ...kindOf(content), create };
      expect(() => openSqliteFile(kind, join(data, 'things.db'))).toThrow(
        /things\.db: its directory is not there any more; start again/,
      );
    },
  );

  it('of events says the same where the directory is deleted before its names are safe', () => {
    const data = join(newDirectory(), 'data');
    mkdirSync(data);
    const kind = { ...kindOf('recorded'), create: () => rmSync(data, { recursive: true }) };
    expect(() => openSqliteFile(kind, join(data, 'things.db'))).toThrow('its directory is not there any more');
  });
});
