import type { FastifyInstance } from 'fastify';
import { problem } from '../problem.js';

/** What the page is made of. Its library brings more: maps, sources, its own description. */
const PARTS = new Set([
  '/docs',
  '/docs/',
  '/docs/swagger-ui.css',
  '/docs/swagger-ui-bundle.js',
  '/docs/swagger-ui-standalone-preset.js',
  '/docs/swagger-ui-init.js',
  '/docs/favicon-16x16.png',
  '/docs/favicon-32x32.png',
]);

/** The page runs our scripts alone, asks this server alone, and stands in nobody's frame: who uses it pastes tokens into it. */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'content-security-policy': POLICY,
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Serves of the page's library what the page needs, under headers that keep others out of it. */
export function registerDocsGuard(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', ({ url, routeOptions }, reply, done) => {
    if (routeOptions.url?.startsWith('/docs') !== true) return done();
    // As it was sent: what is spelt otherwise is nothing that the page asks for.
    const [path = ''] = url.split('?', 1);
    if (!PARTS.has(path)) return done(problem('ROUTE.NOT_FOUND', 'There is no such route.'));
    reply.headers(HEADERS);
    done();
  });
}
