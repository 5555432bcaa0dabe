import { startTestServer } from './test-server.js';

/** The server as a process of its own: `PORT` (default 0: any), the URL on its first line, until it is told to stop. */
const server = await startTestServer({ port: Number(process.env['PORT'] ?? 0) });
process.stdout.write(`${server.url}\n`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void server.close());
