import type { FastifyInstance } from 'fastify';
import { pageHeaders } from '../page-headers.js';
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

const HEADERS = pageHeaders("'self' 'unsafe-inline'");

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
