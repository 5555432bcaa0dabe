import { hash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { invalid } from '../../infra/http/index.js';

const PRINTABLE = /^[\x20-\x7e]{1,255}$/;

/** The client's key, in the header that it is sent in; undefined without one. @throws ProblemError 400 unless it is 1 to 255 printable characters */
export function idempotencyKeyOf({ headers }: FastifyRequest, header = 'Idempotency-Key'): string | undefined {
  const key = headers[header.toLowerCase()];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !PRINTABLE.test(key) || key.trim() === '') {
    throw invalid(header, 'must be 1 to 255 printable ASCII characters');
  }
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
