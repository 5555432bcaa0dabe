import type { FastifyInstance } from 'fastify';
import { invalid } from './problem.js';
import type { ProblemError } from './problem.js';

/** What stands after the `?`: a text, or several where a name comes again. */
export type Query = Readonly<Record<string, string | readonly string[]>>;

/** As many SKUs may be watched at once, each in a parameter of its own. */
export const MAX_PARAMETERS = 100;

/** Queries that were not read, and what is wrong with them. */
const REFUSED = new Map<Query, ProblemError>();
const refusedQuery = (message: string): Query => {
  const query: Query = Object.freeze(Object.create(null) as Query);
  REFUSED.set(query, invalid('query', message));
  return query;
};
const TOO_MANY = refusedQuery(`has more than ${MAX_PARAMETERS} parameters`);
const MALFORMED = refusedQuery('is not percent-encoded UTF-8; a % by itself is sent as %25');

/**
 * Reads a query that is bounded first. A parser cannot refuse, so what is wrong stands for itself until `registerQuery`
 * turns the request away.
 */
export function parseQuery(text: string): Query {
  if (hasMoreThan(text, MAX_PARAMETERS)) return TOO_MANY;
  const query = Object.create(null) as Record<string, string | string[]>;
  try {
    for (const part of text.split('&')) if (part !== '') add(query, part);
  } catch {
    return MALFORMED;
  }
  return query;
}

/** Refuses queries that could not be read, before anything else looks at them. */
export function registerQuery(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, _reply, done) => done(REFUSED.get(request.query as Query)));
}

function add(query: Record<string, string | string[]>, part: string): void {
  const [name = '', value = ''] = split(part).map((one) => decodeURIComponent(one.replaceAll('+', ' ')));
  const before = query[name];
  if (before === undefined) query[name] = value;
  else if (typeof before === 'string') query[name] = [before, value];
  else before.push(value);
}

function split(part: string): readonly string[] {
  const at = part.indexOf('=');
  return at < 0 ? [part] : [part.slice(0, at), part.slice(at + 1)];
}

function hasMoreThan(text: string, most: number): boolean {
  let count = 1;
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) if (++count > most) return true;
  return false;
}
