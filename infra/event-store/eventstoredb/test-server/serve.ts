import { startTestServer } from './test-server.js';

/**
 * The server as a process of its own: `PORT` (default 0: any), the URL on its first line, until it is told to stop.
 * `DELAY_MS` (default 0) is how late it answers appends and reads, as a server with a disk does.
 */
const server = await startTestServer({ port: Number(process.env['PORT'] ?? 0) });
server.faults.delay(Number(process.env['DELAY_MS'] ?? 0));
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
