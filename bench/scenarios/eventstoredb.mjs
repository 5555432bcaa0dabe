// eventstoredb: the load of `checkout` with the log on EventStoreDB's protocol: this tree's test server, for every revision, which
// shows and answers an append 1 to 2 ms after it came, as a real server with a disk does, and drops who reads too slowly.
// Unit: orders a second. Limit: at least 2.5 times those of 45e32b1. The server is a process on the same machine and takes
// CPU of its own, which is told apart: where both cores are busy, that of engine and server together is the limit.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startProcess } from '../support/engine.mjs';
import { usageOf } from '../support/usage.mjs';
import { checkoutRound } from './checkout.mjs';

/** A timer of 1 ms goes off after 1 to 2. */
const APPEND_MS = '1';
const root = fileURLToPath(new URL('../..', import.meta.url));
const sources = 'infra/event-store/eventstoredb/test-server';

/** Starts an empty server; answers its URL, what it uses, and how it is stopped. */
async function startServer() {
  const args = [`.cache/event-store-test-server/${sources}/serve.js`];
  const run = startProcess(args, { cwd: root, env: { PORT: '0', APPEND_MS }, stdout: 'pipe' });
  const url = await new Promise((resolve, reject) => {
    run.child.stdout.once('data', (chunk) => resolve(`${chunk}`.trim()));
    void run.ended.then((code) => reject(new Error(`the test server ended with ${code}`)));
  });
  const stop = () => {
    run.child.kill();
    return run.ended;
  };
  return { url, usage: () => usageOf(run.pid), stop };
}

export default {
  about: 'the load of checkout, the log on the protocol of EventStoreDB, 1 to 2 ms an append',
  limit: 'against 45e32b1: orders × 2.5',
  seconds: 10,

  prepare() {
    const tsc = ['node_modules/typescript7/bin/tsc', '-p', `${sources}/tsconfig.json`];
    execFileSync(process.execPath, tsc, { cwd: root, stdio: ['ignore', 2, 2] });
  },

  async round(options) {
    const server = await startServer();
    // Positions of that log do not count events.
    const { events: _, ...metrics } = await checkoutRound(options, server);
    await server.stop();
    return metrics;
  },
};
