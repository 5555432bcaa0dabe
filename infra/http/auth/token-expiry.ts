import { decodeJwt } from 'jose';
import type { FastifyRequest } from 'fastify';

/** The longest that a timer of Node lasts, in milliseconds: 24 days. */
const LONGEST = 2 ** 31 - 1;

/**
 * Aborts when the token of a request ends, which was verified before: what goes on telling must not outlive the right to be
 * told. Never where the request has none.
 */
export function untilTokenEnds({ auth, headers }: FastifyRequest): AbortSignal {
  const token = headers.authorization?.split(/ +/)[1];
  if (auth.principal === null || token === undefined) return new AbortController().signal;
  const { exp = 0 } = decodeJwt(token);
  return AbortSignal.timeout(Math.min(Math.max(0, exp * 1000 - Date.now()), LONGEST));
}
