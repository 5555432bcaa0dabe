import type { FastifyInstance } from 'fastify';
import { problem } from './problem.js';

/** A pattern such as `/v1/carts/:id` with the methods that it has. */
interface Route {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/** Which methods the paths of an app have, whatever the method of a request. */
export class RouteMethods {
  readonly #routes = new Map<string, Route>();

  add(pattern: string, methods: readonly string[]): void {
    const route = this.#routes.get(pattern) ?? { segments: pattern.split('/'), methods: new Set<string>() };
    for (const method of methods) route.methods.add(method);
    this.#routes.set(pattern, route);
  }

  /** The methods of every route that the path could be of, OPTIONS with them; none where there is no route. */
  of(path: string): readonly string[] {
    const segments = path.split('/');
    const methods = new Set<string>();
    for (const route of this.#routes.values()) {
      if (matches(route.segments, segments)) for (const method of route.methods) methods.add(method);
    }
    return methods.size === 0 ? [] : [...methods.add('OPTIONS')].sort();
  }
}

function matches(pattern: readonly string[], path: readonly string[]): boolean {
  const isPrefix = pattern.at(-1) === '*';
  if (isPrefix ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every((one, index) => one === '*' || (one.startsWith(':') ? path[index] !== '' : one === path[index]));
}

/**
 * A path that exists answers every method: OPTIONS with 204, what it does not have with 405, both with `Allow`. A path that
 * does not is 404. Both before a body is read.
 */
export function registerRouteMethods(fastify: FastifyInstance): RouteMethods {
  const routes = new RouteMethods();
  fastify.addHook('onRoute', ({ url, method }) => routes.add(url, [method].flat()));
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!request.is404) return done();
    const [path = ''] = request.url.split('?', 1);
    const methods = routes.of(path);
    if (methods.length === 0) return done(problem('ROUTE.NOT_FOUND', 'There is no such route.'));
    const allow = methods.join(', ');
    if (request.method === 'OPTIONS') return void reply.code(204).header('allow', allow).send();
    done(
      problem('ROUTE.METHOD_NOT_ALLOWED', `There is no ${request.method} here; there are ${allow}.`, {
        headers: { allow },
      }),
    );
  });
  return routes;
}
