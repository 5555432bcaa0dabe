import { setTimeout as pause } from 'node:timers/promises';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openSqliteReadModelStore } from '../../read-model-store/sqlite/index.js';
import type { Child } from './child.js';

/**
 * Kills a rebuild that has stored a part of its work and not all of it; answers how far it had come. Holding the write
 * lock of the read models nearly all the time slows it down, so that no machine is too fast for it.
 */
export async function killHalfWay(rebuild: Child, directory: string, label: string): Promise<string> {
  const store = await openSqliteReadModelStore({ directory, access: 'read-only' });
  const lock = new Database(join(directory, 'read.db'), { timeout: 20_000 });
  const stored = async (): Promise<string | undefined> => {
    const states = await store.collections();
    const building = states.find(({ name, version, build = 0 }) => `${name}@${version}.${build}` === label);
    const live = states.find((state) => state.name === building?.name && state.live);
    const position = building?.checkpoint?.position;
    if (position !== undefined && position === live?.checkpoint?.position) throw new Error('it was too fast to kill');
    return position;
  };
  try {
    while (rebuild.ended === undefined) {
      lock.exec('BEGIN IMMEDIATE');
      const position = await stored();
      if (position !== undefined) {
        await rebuild.kill();
        return position;
      }
      lock.exec('COMMIT');
      await pause(1);
    }
    throw new Error(`the rebuild had ended before it could be killed:\n${rebuild.output}`);
  } finally {
    lock.close();
    await store.close();
  }
}
