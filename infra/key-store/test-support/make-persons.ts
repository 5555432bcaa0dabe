import { writeSync } from 'node:fs';
import { openSqliteKeyStore } from '../sqlite/sqlite-key-store.js';

// The thread's module goes along when this one is compiled; nothing imports it by name.
export type * from '../sqlite/key-writer.worker.js';

// A process to be killed: makes persons without end, forgets every tenth, and says what was promised, a line each.
const [directory = '', round = ''] = process.argv.slice(2);
const store = await openSqliteKeyStore({ directory, secret: Buffer.from('a secret for the test') });

async function makeWithoutEnd(worker: number): Promise<void> {
  for (let count = 0; ; count += 1) {
    const email = `buyer-${round}-${worker}-${count}@example.org`;
    const personId = await store.personFor(email);
    const key = await store.keyOf(personId);
    writeSync(1, `made ${email} ${personId} ${Buffer.from(key ?? []).toString('hex')}\n`);
    if (count % 10 === 9) {
      await store.forget(personId);
      writeSync(1, `forgot ${email} ${personId} -\n`);
    }
  }
}

await Promise.all([1, 2, 3, 4].map(makeWithoutEnd));
