import type { FastifyInstance } from 'fastify';

/** How long requests under way may take to end once the server closes. */
const PATIENCE_MS = 5_000;
/** How often connections are looked for that have nothing more to say. */
const TIDY_MS = 20;

/**
 * A server that closes finishes the requests under way, so that nobody asks stores that are closed next. Who keeps a
 * connection open is let go when the answer has been given; what takes longer than a moment is cut off.
 */
export function registerClosing(fastify: FastifyInstance, patienceMs = PATIENCE_MS): void {
  const { server } = fastify;
  fastify.addHook('preClose', (done) => {
    const tidying = setInterval(() => server.closeIdleConnections(), TIDY_MS);
    const cuttingOff = setTimeout(() => server.closeAllConnections(), patienceMs);
    server.once('close', () => {
      clearInterval(tidying);
      clearTimeout(cuttingOff);
    });
    done();
  });
}
