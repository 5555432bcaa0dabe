import { hash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { frontPageHtml, STYLE } from './front-page.html.js';

/** Where to go from the root. */
export interface Door {
  readonly path: string;
  readonly name: string;
  readonly what: string;
}

const DOCUMENT: readonly Door[] = [
  {
    path: '/openapi.json',
    name: 'OpenAPI document',
    what: 'every route, for client generators; also as /openapi.yaml',
  },
];
const CONSOLE: readonly Door[] = [
  { path: '/console', name: 'Console', what: 'orders and their history, stock, read models: for support and admin' },
  { path: '/console/analytics', name: 'Analytics', what: 'the log, event by event, and reports: for analysts' },
];
const DOCS: readonly Door[] = [{ path: '/docs', name: 'API documentation', what: 'every route, to read and to try' }];
const LOOKS: readonly Door[] = [
  { path: '/v1/products?q=coffee', name: 'Search', what: 'products by words, with facets' },
  { path: '/v1/products/suggest?q=choc', name: 'Suggestions', what: 'what could be meant while one types' },
  { path: '/readyz', name: 'Readiness', what: 'whether stores answer and read models have caught up' },
];

/** Which pages there are beside this one. */
interface Served {
  readonly docs: boolean;
  readonly console: boolean;
}

/** What this is, in the words of the README. */
export const ABOUT =
  'An event-sourced commerce engine: carts, checkout, orders, payments and stock on an append-only log.';

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** `GET /`: what this is and where to go, a page for a browser and JSON for everybody else. */
export function serveFrontPage(fastify: FastifyInstance, served: Served): void {
  const doors = [...(served.console ? CONSOLE : []), ...(served.docs ? DOCS : []), ...DOCUMENT, ...LOOKS];
  const html = frontPageHtml(ABOUT, doors);
  const links = Object.fromEntries(doors.map(({ path, name }) => [name, path]));
  fastify.get('/', (request, reply) => {
    void reply.headers({ vary: 'Accept', 'cache-control': 'no-cache' });
    if (!wantsPage(request)) return reply.send({ name: 'Cartwright', about: ABOUT, links });
    return reply.header('content-security-policy', POLICY).type('text/html; charset=utf-8').send(html);
  });
}

/** Browsers name HTML; what asks for anything is a program. */
const wantsPage = ({ headers }: FastifyRequest): boolean => /\btext\/html\b/i.test(headers.accept ?? '');
