import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { pageHeaders } from '../page-headers.js';
import { whole } from '../whole.js';

const HEADERS = pageHeaders("'self'");

/** Their names have a hash of what is in them. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The built console at `/console`: every address of its pages is answered with its one document, which the browser asks for anew
 * each time, and `/console/assets` with what that names, packed by the build and kept for ever.
 * @param folder has `index.html` and `assets`
 */
export function serveConsole(fastify: FastifyInstance, folder: string): void {
  const page = whole(readFileSync(join(folder, 'index.html')), 'text/html; charset=utf-8');
  fastify.addHook('onRequest', ({ routeOptions }, reply, done) => {
    if (routeOptions.url?.startsWith('/console') === true) reply.headers(HEADERS);
    done();
  });
  fastify.get('/console', page);
  fastify.get('/console/*', page);
  void fastify.register(fastifyStatic, {
    root: join(folder, 'assets'),
    prefix: '/console/assets/',
    decorateReply: false,
    index: false,
    preCompressed: true,
    cacheControl: false,
    setHeaders: (reply) => void reply.header('cache-control', FOR_EVER),
  });
}
