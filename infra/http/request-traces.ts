import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Span, Tracer } from '../telemetry/index.js';
import { traceparentOf } from './request-context.js';

/** Asked every few seconds by machines. */
const UNTRACED = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * A span for every request, part of the client's trace where it names one. What the request sets off finds the span in
 * the request's own `traceparent`; the client finds it in `traceresponse` (W3C Trace Context, level 2). It names the
 * route and not the address, which may hold what opens things.
 */
export function registerRequestTraces(fastify: FastifyInstance, tracer: Tracer): void {
  const spans = new WeakMap<FastifyRequest, Span>();
  fastify.addHook('onRequest', (request, reply, done) => {
    const { id, method, headers, routeOptions } = request;
    const route = routeOptions.url;
    if (route !== undefined && UNTRACED.has(route)) return done();
    const span = tracer.start({
      name: route === undefined ? method : `${method} ${route}`,
      kind: 'server',
      parent: traceparentOf(headers),
      attributes: { 'http.request.method': method, 'http.route': route ?? 'none', 'cartwright.correlation_id': id },
    });
    spans.set(request, span);
    headers['traceparent'] = span.traceparent;
    void reply.header('traceresponse', span.traceparent);
    done();
  });
  fastify.addHook('onResponse', (request, reply, done) => {
    const span = spans.get(request);
    span?.set({ 'http.response.status_code': reply.statusCode });
    if (reply.statusCode >= 500) span?.fail(String(reply.statusCode));
    span?.end();
    done();
  });
}
