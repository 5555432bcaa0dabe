import type { FastifyInstance } from 'fastify';
import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

interface RouteMetrics {
  count(): void;
  time(seconds: number): void;
}

/** Counts and times requests by route and status; a route's series are looked up once; no text is made for a request. */
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
  const series = new Map<string, Map<string, Map<number, RouteMetrics>>>();
  const seriesOf = (method: string, route: string, status: number): RouteMetrics => {
    const ofMethod = inMap(
      inMap(series, route, newMap<string, Map<number, RouteMetrics>>),
      method,
      newMap<number, RouteMetrics>,
    );
    return inMap(ofMethod, status, () => {
      const counted = counter.labels(method, route, String(status));
      const timed = histogram.labels(method, route, `${Math.floor(status / 100)}xx`);
      return { count: () => counted.inc(), time: (seconds) => timed.observe(seconds) };
    });
  };
  fastify.addHook('onResponse', (request, reply, done) => {
    const metrics = seriesOf(request.method, request.routeOptions.url ?? 'none', reply.statusCode);
    metrics.count();
    metrics.time(reply.elapsedTime / 1000);
    done();
  });
}

const newMap = <Key, Value>(): Map<Key, Value> => new Map();

/** What the map has there; made where it has nothing. */
function inMap<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  let found = map.get(key);
  if (found === undefined) map.set(key, (found = make()));
  return found;
}
