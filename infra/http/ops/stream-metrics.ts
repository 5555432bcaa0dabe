import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Gauge, type Registry } from 'prom-client';

/** Counts the answers under way of routes that go on telling; other routes pay nothing for it. */
export function registerStreamMetrics(fastify: FastifyInstance, registry: Registry, routes: readonly string[]): void {
  const gauge = new Gauge({
    name: 'cartwright_open_streams',
    help: 'Live answers under way: event streams, WebSockets and feeds of the log, by route and transport',
    labelNames: ['route', 'transport'],
    registers: [registry],
  });
  fastify.addHook('onRoute', (options) => {
    if (!routes.includes(options.url) || options.method === 'HEAD') return;
    const hooks = options.preHandler ?? [];
    options.preHandler = [
      ...(Array.isArray(hooks) ? hooks : [hooks]),
      (request, reply, done) => {
        const transport = transportOf(request);
        const opened = gauge.labels(options.url, transport);
        opened.inc();
        // A WebSocket takes the connection away from its answer, which then never closes.
        const lasting = transport === 'websocket' ? request.raw.socket : reply.raw;
        lasting.once('close', () => opened.dec());
        done();
      },
    ];
  });
}

const transportOf = ({ headers }: FastifyRequest): string =>
  headers.upgrade?.toLowerCase() === 'websocket' ? 'websocket' : 'http';
