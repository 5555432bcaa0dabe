import { isUtf8 } from 'node:buffer';
import { JsonScan, MAX_DEPTH, MAX_MEMBERS } from './json-scan.js';
import type { JsonFlaw } from './json-scan.js';
import { invalid, problem } from './problem.js';
import type { ProblemError } from './problem.js';

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);
/** So much of a path that the client made up is shown. */
const MAX_SHOWN = 200;

/**
 * A JSON object out of the bytes of a body, counted before it is parsed; undefined without any bytes. One byte order mark
 * in front is skipped (RFC 8259, 8.1).
 * @throws ProblemError 400 or 413 for anything else
 */
export function parseJsonBody(bytes: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (bytes.length === 0) return undefined;
  if (!isUtf8(bytes)) throw malformed('The body is not UTF-8.');
  const json = bytes.subarray(0, BOM.length).equals(BOM) ? bytes.subarray(BOM.length) : bytes;
  const flaw = new JsonScan(json).run();
  if (flaw !== null) throw problemOf(flaw);
  const value = parse(json.toString('utf8'));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw malformed('The body must be a JSON object.');
  }
  return value as Readonly<Record<string, unknown>>;
}

const malformed = (detail: string): ProblemError =>
  problem('REQUEST.INVALID', detail, { errors: [{ path: '', message: detail }] });

function problemOf({ kind, path }: JsonFlaw): ProblemError {
  const shown = path.slice(0, MAX_SHOWN);
  switch (kind) {
    case 'too-many-members':
      return problem('REQUEST.TOO_LARGE', `The body has more than ${MAX_MEMBERS} members of objects and lists.`);
    case 'too-deep':
      return malformed(`The body is nested more than ${MAX_DEPTH} levels deep.`);
    case 'repeated-name':
      return invalid(shown, 'is there more than once; a name may be there once in an object');
    case 'reserved-name':
      return invalid(shown, 'is a reserved name, which no member may have');
    case 'inexact-number':
      return invalid(shown, 'is a number that loses digits as a double (IEEE 754); send at most 15 significant ones');
    default:
      return kind satisfies never;
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformed('The body is not well-formed JSON.');
  }
}
