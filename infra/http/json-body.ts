import { isUtf8 } from 'node:buffer';
import { inexactNumber } from './inexact-number.js';
import { problem } from './problem.js';
import type { ProblemError } from './problem.js';

/** Far more than any body of the contract has, and shallow enough for whatever walks a body recursively. */
const MAX_DEPTH = 32;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** Only a text with one of these can hold a key that reaches for a prototype; `\u` may spell it. */
const SUSPICIOUS = /__proto__|constructor|\\u/;

/** A JSON object out of the bytes of a body. @throws ProblemError 400 for anything else */
export function parseJsonBody(bytes: Buffer): Readonly<Record<string, unknown>> {
  if (bytes.length === 0) throw malformed('The body is empty.');
  if (!isUtf8(bytes)) throw malformed('The body is not UTF-8.');
  if (tooDeep(bytes)) throw malformed(`The body is nested more than ${MAX_DEPTH} levels deep.`);
  const text = bytes.toString('utf8');
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('The body must be a JSON object.');
  }
  if (inexactNumber(text) !== null) throw malformed('The body has a number that cannot be read exactly.');
  if (SUSPICIOUS.test(text) && reachesForPrototype(value)) throw malformed('The body has a key that is not allowed.');
  return value as Readonly<Record<string, unknown>>;
}

const malformed = (detail: string): ProblemError =>
  problem('REQUEST.INVALID', detail, { errors: [{ path: '', message: detail }] });

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not well-formed JSON.');
  }
}

/** One pass over the bytes, so that nothing recursive ever sees a deep body. */
function tooDeep(bytes: Buffer): boolean {
  let depth = 0;
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i];
    if (byte === QUOTE) i = endOfString(bytes, i);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      if (++depth > MAX_DEPTH) return true;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth--;
  }
  return false;
}

/** Index of the quote that closes the string opened at `start`; past the end when none does. */
function endOfString(bytes: Buffer, start: number): number {
  let i = start + 1;
  while (i < bytes.length && bytes[i] !== QUOTE) i += bytes[i] === BACKSLASH ? 2 : 1;
  return i;
}

function reachesForPrototype(value: object): boolean {
  for (const [key, member] of Object.entries(value)) {
    if (key === '__proto__') return true;
    if (typeof member !== 'object' || member === null) continue;
    if (key === 'constructor' && Object.hasOwn(member, 'prototype')) return true;
    if (reachesForPrototype(member)) return true;
  }
  return false;
}
