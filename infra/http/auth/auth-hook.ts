import type { FastifyInstance, FastifyRequest } from 'fastify';
import { looksLikeAccessToken } from './access-token.js';
import { NO_AUTH } from './principal.js';
import type { Principal, RequestAuth } from './principal.js';
import type { TokenVerifier } from './token-verifier.js';

declare module 'fastify' {
  interface FastifyRequest {
    /** Set before any route; says who asks, refuses nobody. */
    auth: RequestAuth;
  }
}

const BEARER = /^Bearer +([^\s,]+) *$/i;
/** Stands for an Authorization header that is no bearer credential at all. */
const UNREADABLE: RequestAuth = { principal: null, unverified: '' };

/** Reads the bearer credential of every request; the guards of the routes decide what it is good for. */
export function registerAuth(fastify: FastifyInstance, verifier: TokenVerifier): void {
  fastify.decorateRequest('auth');
  fastify.addHook('onRequest', (request, _reply, done) => {
    const header = request.headers.authorization;
    if (header === undefined) {
      request.auth = NO_AUTH;
      return done();
    }
    const token = BEARER.exec(header)?.[1];
    if (token === undefined) {
      request.auth = UNREADABLE;
      return done();
    }
    // An order's accessToken has no dots, of which a JSON Web Token has two.
    const result = looksLikeAccessToken(token) ? null : verifier.verify(token);
    if (!(result instanceof Promise)) {
      settle(request, token, result);
      return done();
    }
    result.then(
      (principal) => {
        settle(request, token, principal);
        done();
      },
      (error: Error) => {
        request.auth = { principal: null, unverified: token, undecided: error };
        done();
      },
    );
  });
}

function settle(request: FastifyRequest, token: string, principal: Principal | null): void {
  request.auth = principal === null ? { principal: null, unverified: token } : { principal, unverified: null };
}
