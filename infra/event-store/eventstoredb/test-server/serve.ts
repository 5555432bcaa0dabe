import { startTestServer } from './test-server.js';

/**
 * The server as a process of its own: `PORT` (default 0: any), the URL on its first line, until it is told to stop.
 * `APPEND_MS` (default 0) is how long after an append its events can be read and it is answered, as a server with a disk
 * does; where it is given, subscriptions that fall behind are dropped, as by the servers that this was measured on (23.10).
 */
const server = await startTestServer({ port: Number(process.env['PORT'] ?? 0) });
const appendMs = Number(process.env['APPEND_MS'] ?? 0);
server.faults.showAppendsAfter(appendMs);
server.faults.dropSlowSubscriptions(appendMs > 0);
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
