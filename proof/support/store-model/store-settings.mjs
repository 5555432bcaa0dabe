// The two event stores as the model test opens them: several on one log, any of which can be closed and opened anew.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEventStoreDb } from '../../../dist/infra/event-store/eventstoredb/index.js';
import { openSqliteEventStore } from '../../../dist/infra/event-store/sqlite/index.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const SERVER = 'infra/event-store/eventstoredb/test-server';

/** Two that write and one that only follows. */
const ACCESS = ['read-write', 'read-write', 'read-only'];

async function openAll(open) {
  const stores = [];
  // One after the other: the first one makes the log.
  for (const access of ACCESS) stores.push(await open(access));
  const reopen = async (index) => {
    await stores[index].close();
    stores[index] = await open(ACCESS[index]);
  };
  const closeAll = () => Promise.all(stores.map((store) => store.close()));
  return { stores, writers: ACCESS.filter((access) => access === 'read-write').length, reopen, closeAll };
}

/** SQLite: positions count events, and appends of one store are recorded in the order in which they were made. */
export const sqlite = {
  name: 'SQLite',
  isContiguous: true,
  isOrdered: true,
  isJoint: true,
  async open() {
    const directory = mkdtempSync(join(tmpdir(), 'cartwright-proof-'));
    const opened = await openAll((access) => openSqliteEventStore({ directory, access }));
    const verify = async () => {
      const { intact, faults } = await opened.stores[0].chain.verifyAll();
      if (!intact) throw new Error(`the chain of hashes is broken: ${JSON.stringify(faults)}`);
    };
    const close = async () => {
      await opened.closeAll();
      rmSync(directory, { recursive: true, force: true });
    };
    return { ...opened, verify, trouble: () => undefined, close };
  },
};

/** What the server and the network do, each so that an append or a read gets through when it is tried again. */
const TROUBLES = [
  ({ faults }) => faults.loseReplies(2, 'unavailable'),
  ({ faults }) => faults.loseReplies(1, 'timeout'),
  ({ faults }) => faults.loseReplies(1, 'disconnect'),
  ({ faults }) => faults.failAppends(2, 'unavailable'),
  ({ faults }) => faults.failAppends(1, 'not-ready'),
  ({ faults }) => faults.dropSubscriptions('unavailable'),
  ({ faults }) => faults.dropSubscriptions('consumer-too-slow'),
  ({ faults }) => faults.dropSubscriptions('ended'),
  ({ faults }) => faults.disconnect(),
  (server) => server.restart(),
];

/** The EventStoreDB of the protocol's own test server, in this process. */
export const eventStoreDb = {
  name: 'EventStoreDB (test server)',
  isContiguous: false,
  isOrdered: false,
  isJoint: false,
  build() {
    const tsc = ['node_modules/typescript7/bin/tsc', '-p', `${SERVER}/tsconfig.json`];
    execFileSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 2, 2] });
  },
  async open() {
    const { startTestServer } = await import(join(root, '.cache/event-store-test-server', SERVER, 'index.js'));
    const server = await startTestServer();
    const opened = await openAll((access) => openEventStoreDb({ url: server.url, access }));
    const close = async () => {
      await opened.closeAll();
      await server.close();
    };
    return { ...opened, verify: () => undefined, trouble: (random) => random.of(TROUBLES)(server), close };
  },
};
