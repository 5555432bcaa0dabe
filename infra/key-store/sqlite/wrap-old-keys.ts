import { isWrapped } from '../key-wrap.js';
import type { KeyWrap } from '../key-wrap.js';
import type { Connection } from './key-file.js';
import { SCHEMA_VERSION } from './schema.js';

interface StoredKey {
  readonly personId: string;
  readonly key: Uint8Array;
}

/** Wraps the plain keys of the first builds; `secure_delete` removes them from the file. */
export function wrapOldKeys(db: Connection, wrap: KeyWrap): void {
  const isDone = (): boolean => Number(db.pragma('user_version', { simple: true })) >= SCHEMA_VERSION;
  if (isDone()) return;
  const stored = db.prepare<[], StoredKey>('SELECT person_id AS personId, key FROM persons');
  const update = db.prepare<[Uint8Array, string]>('UPDATE persons SET key = ? WHERE person_id = ?');
  db.transaction(() => {
    // Another process may have wrapped them already.
    if (isDone()) return;
    for (const { personId, key } of stored.all()) if (!isWrapped(key)) update.run(wrap.wrap(personId, key), personId);
    db.pragma(`user_version = ${SCHEMA_VERSION}`);
  }).immediate();
  // The write-ahead log has older pages until it is restarted.
  db.pragma('wal_checkpoint(TRUNCATE)');
}
