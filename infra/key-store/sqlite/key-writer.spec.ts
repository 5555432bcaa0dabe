import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KeyWrap } from '../key-wrap.js';
import { openForWriting } from './key-file.js';
import type { Connection } from './key-file.js';
import { KeyWriter } from './key-writer.js';
import type { KeyWrite } from './writer-protocol.js';

const group = (from: number, count: number): readonly KeyWrite[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'person',
    identityHash: Buffer.alloc(32, from + index).toString('base64url'),
  }));

describe('key writer', () => {
  let directory: string;
  let db: Connection;
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'keys-'));
    db = openForWriting(directory, Buffer.alloc(32));
  });
  afterEach(() => {
    db.close();
    rmSync(directory, { recursive: true });
  });

  const persons = (): number => db.prepare<[], number>('SELECT count(*) FROM persons').pluck().get() ?? -1;

  it('writes through to the disk at each commit', () => {
    expect(db.pragma('synchronous', { simple: true })).toBe(2);
    expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(db.pragma('secure_delete', { simple: true })).toBe(1);
  });

  it('writes a group as a whole or not at all, and never again after a failure', () => {
    const writer = new KeyWriter(db, new KeyWrap(Buffer.alloc(32)));
    expect(writer.write(group(0, 3))).toMatchObject({ kind: 'written' });
    db.pragma(`max_page_count = ${String(db.pragma('page_count', { simple: true }))}`);
    expect(writer.write(group(3, 200))).toMatchObject({ kind: 'failed', poisoned: true });
    expect(persons()).toBe(3);
    db.pragma('max_page_count = 100000');
    expect(writer.write(group(3, 1))).toMatchObject({ kind: 'failed', poisoned: true });
    expect(persons()).toBe(3);
  });

  it('goes on after another process held the file locked for too long', () => {
    const writer = new KeyWriter(db, new KeyWrap(Buffer.alloc(32)));
    db.pragma('busy_timeout = 1');
    const other = openForWriting(directory, Buffer.alloc(32));
    other.exec('BEGIN IMMEDIATE');
    expect(writer.write(group(0, 1))).toMatchObject({ kind: 'failed', poisoned: false });
    other.exec('ROLLBACK');
    other.close();
    expect(writer.write(group(0, 1))).toMatchObject({ kind: 'written' });
  });

  it('keeps trying to clear the write-ahead log of forgotten keys while a reader stands in the way', () => {
    const writer = new KeyWriter(db, new KeyWrap(Buffer.alloc(32)));
    const written = writer.write(group(0, 1));
    const reader = openForWriting(directory, Buffer.alloc(32));
    reader.exec('BEGIN; SELECT count(*) FROM persons');
    reader.prepare('SELECT count(*) FROM persons').get();
    const personIds = written.kind === 'written' ? written.personIds : [];
    const forget = personIds.map((personId): KeyWrite => ({ kind: 'forget', personId }));
    expect(writer.write(forget)).toMatchObject({ kind: 'written', forgotten: 1 });
    expect(writer.scrub()).toBe(false);
    reader.close();
    expect(writer.scrub()).toBe(true);
    expect(persons()).toBe(0);
  });
});
