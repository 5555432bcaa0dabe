import type { FastifyInstance } from 'fastify';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

interface RouteMetrics {
  count(): void;
  time(seconds: number): void;
}

/** Counts and times requests by route and status; looks a route's series up once, then costs a map entry. */
export function registerRequestMetrics(fastify: FastifyInstance, registry: Registry): void {
  const counter = new Counter({
    name: 'cartwright_http_requests_total',
    help: 'Requests answered, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    registers: [registry],
  });
  const histogram = new Histogram({
    name: 'cartwright_http_request_duration_seconds',
    help: 'Time from the first byte of a request to the end of its answer, by method, route and class of status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60],
    registers: [registry],
  });
  const series = new Map<string, RouteMetrics>();
  const seriesOf = (method: string, route: string, status: number): RouteMetrics => {
    const key = `${method} ${status} ${route}`;
    let found = series.get(key);
    if (found === undefined) {
      const counted = counter.labels(method, route, String(status));
      const timed = histogram.labels(method, route, `${Math.floor(status / 100)}xx`);
      found = { count: () => counted.inc(), time: (seconds) => timed.observe(seconds) };
      series.set(key, found);
    }
    return found;
  };
  fastify.addHook('onResponse', (request, reply, done) => {
    const metrics = seriesOf(request.method, request.routeOptions.url ?? 'none', reply.statusCode);
    metrics.count();
    metrics.time(reply.elapsedTime / 1000);
    done();
  });
}
