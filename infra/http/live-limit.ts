import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { clientOf } from './client-address.js';
import { problem } from './problem.js';

const RETRY_AFTER = '10';

/** Bounds the answers of these routes that one client has under way: they may go on for hours, each at a price. */
export function registerLiveLimit(fastify: FastifyInstance, routes: readonly string[], perClient: number): void {
  const open = new Map<string, number>();
  fastify.addHook('onRoute', (options) => {
    if (!routes.includes(options.url) || options.method === 'HEAD') return;
    const hooks = options.preHandler ?? [];
    options.preHandler = [
      (request, reply, done) => {
        const client = clientOf(request);
        const count = open.get(client) ?? 0;
        if (count >= perClient) return done(tooMany(perClient));
        open.set(client, count + 1);
        lastingOf(request, reply).once('close', () => {
          const left = (open.get(client) ?? 1) - 1;
          if (left === 0) open.delete(client);
          else open.set(client, left);
        });
        done();
      },
      ...(Array.isArray(hooks) ? hooks : [hooks]),
    ];
  });
}

const tooMany = (perClient: number) =>
  problem('REQUEST.TOO_MANY_FEEDS', `One client may follow ${perClient} feeds at a time; close one.`, {
    headers: { 'retry-after': RETRY_AFTER },
  });

/** What is there as long as the answer goes on: a WebSocket takes the connection away from its answer, which then never closes. */
function lastingOf({ headers, raw }: FastifyRequest, reply: FastifyReply): NodeJS.EventEmitter {
  return headers.upgrade?.toLowerCase() === 'websocket' ? raw.socket : reply.raw;
}
