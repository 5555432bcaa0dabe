import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Turns } from './edge/turns.js';
import { problem } from './problem.js';

/** How long requests under way may take to end once the server closes. */
const PATIENCE_MS = 30_000;
/** How often connections are looked for that have nothing more to say. */
const TIDY_MS = 20;

/** What an engine does with requests: all of it; all of it, but it is on its way out; none any more. */
export type Stage = 'serving' | 'draining' | 'closing';

/** Where an engine is between its start and its end. */
export class Lifecycle {
  stage: Stage = 'serving';
}

export interface ClosingOptions {
  readonly lifecycle: Lifecycle;
  readonly turns: Turns;
  readonly patienceMs?: number | undefined;
}

/**
 * A server that closes takes no new request, and says so, and finishes those under way, so that nobody asks stores that are
 * closed next. It listens until then: who comes is told where a closed port would turn them away. Who keeps a connection open is
 * let go when the answer has been given; what takes too long is cut off.
 */
export function registerClosing(fastify: FastifyInstance, options: ClosingOptions): void {
  const { lifecycle, turns, patienceMs = PATIENCE_MS } = options;
  const { server } = fastify;
  const closeUnused = unusedConnections(server);
  fastify.addHook('onRequest', (_request, reply, done) => {
    if (lifecycle.stage !== 'closing') return done();
    void reply.header('connection', 'close');
    done(problem('SERVER.STOPPING', 'This server is stopping; ask again.', { headers: { 'retry-after': '1' } }));
  });
  fastify.addHook('preClose', async () => {
    lifecycle.stage = 'closing';
    const tidying = setInterval(() => {
      server.closeIdleConnections();
      if (!server.listening) closeUnused();
    }, TIDY_MS);
    const cuttingOff = setTimeout(() => server.closeAllConnections(), patienceMs);
    server.once('close', () => {
      clearInterval(tidying);
      clearTimeout(cuttingOff);
    });
    await turns.idle(patienceMs);
  });
}

/**
 * Closes the connections on which nothing was ever sent: clients open some ahead of need. To Node they are not idle, and a
 * server would wait for their first request until it is overdue.
 */
function unusedConnections(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  };
}
