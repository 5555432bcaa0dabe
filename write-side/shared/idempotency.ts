import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { invalid } from '../../infra/http/index.js';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** Whoever guesses a guest's key gets the guest's answer, and a cart's id opens the cart: as much as a UUID without dashes has. */
const GUESTS_LEAST = 22;

/** The client's key; undefined without one. @throws ProblemError 400 where it is none, twice, or too short for a guest's */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  const key = keyIn(request, 'Idempotency-Key');
  if (key !== undefined && request.auth.principal === null && key.trim().length < GUESTS_LEAST) {
    const message = `must have at least ${GUESTS_LEAST} characters where nobody is signed in, as a UUID has`;
    throw invalid('Idempotency-Key', `${message}; it is a secret`);
  }
  return key;
}

/** What tells a delivery that comes again, in the header that it is sent in. @throws ProblemError 400 unless it is 1 to 255 printable characters */
export function keyIn({ raw }: FastifyRequest, header: string): string | undefined {
  const name = header.toLowerCase();
  // Asked for before the distinct headers, which Node makes of all that came.
  if (!(name in raw.headers)) return undefined;
  const [key, ...others] = raw.headersDistinct[name] ?? [];
  if (key === undefined) return undefined;
  if (others.length > 0) throw invalid(header, 'must be given only once');
  if (!PRINTABLE.test(key) || key.trim() === '') throw invalid(header, 'must be 1 to 255 printable ASCII characters');
  return key;
}

/** SHA-256 of the body, whatever the order of its members; none is as good as `{}`. */
export const requestHashOf = (body: unknown = {}): string => hash('sha256', canonicalJson(body), 'hex');

function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonicalJson(member)}`).join(',')}}`;
}
