import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import type { Config } from '../config/index.js';
import { problem } from './problem.js';

const EXEMPT = new Set(['/healthz', '/readyz', '/metrics']);

/** So many requests a second from one address; the rest are 429 with Retry-After. */
export async function registerRateLimit(fastify: FastifyInstance, limit: Config['rateLimit']): Promise<void> {
  if (limit === null) return;
  await fastify.register(rateLimit, {
    max: limit.perSecond,
    timeWindow: 1000,
    allowList: (request) => EXEMPT.has(request.url),
    errorResponseBuilder: () =>
      problem('REQUEST.RATE_LIMITED', 'Too many requests; slow down.', { headers: { 'retry-after': '1' } }),
  });
}
