import { losesDigits } from './json-number.js';

/** What a body may at most be: far more than any of the contract has. */
export const MAX_MEMBERS = 10_000;
export const MAX_DEPTH = 64;

/** Why a text is refused before it is parsed; `path` leads to the member. */
export interface JsonFlaw {
  readonly kind: 'too-many-members' | 'too-deep' | 'repeated-name' | 'reserved-name' | 'inexact-number';
  readonly path: string;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const MINUS = 0x2d;
const BLANK = 0x20;

const opens = (byte: number): boolean => byte === OPEN_LIST || byte === OPEN_OBJECT;
const closes = (byte: number): boolean => byte === CLOSE_LIST || byte === CLOSE_OBJECT;
const isDigit = (byte: number): boolean => byte >= 0x30 && byte <= 0x39;
/** Digits, point, sign and exponent. */
const NUMBER_BYTES = new Uint8Array(256);
for (const byte of Buffer.from('0123456789+-.eE')) NUMBER_BYTES[byte] = 1;
/** Nobody writes one with so many characters; that it would be exact is not looked for. */
const LONGEST_NUMBER = 400;
/** So few digits without an exponent are always kept by a double. */
const SHORT_NUMBER = /^[\d.-]{1,15}$/;

interface Container {
  /** Names of an object so far; null for a list. */
  readonly names: Set<string> | null;
  /** The member that is being read. */
  name: string;
  index: number;
}

/**
 * Looks for what a JSON text must not have before anything is made of it, in passes over its bytes that end at the first
 * flaw. It takes any bytes; what is no JSON is left to the parser to say.
 */
export class JsonScan {
  readonly #open: Container[] = [];
  #at = 0;

  constructor(private readonly bytes: Buffer) {}

  /** The first flaw; null where there is none. */
  run(): JsonFlaw | null {
    const { bytes } = this;
    if (hasTooManyMembers(bytes)) return { kind: 'too-many-members', path: '' };
    while (this.#at < bytes.length) {
      const byte = bytes[this.#at] ?? 0;
      if (byte <= BLANK) this.#at++;
      else {
        const flaw = this.#step(byte);
        if (flaw !== null) return flaw;
      }
    }
    return null;
  }

  #step(byte: number): JsonFlaw | null {
    if (byte === QUOTE) return this.#text();
    if (isDigit(byte) || byte === MINUS) return this.#number();
    this.#at++;
    if (opens(byte)) return this.#begin(byte === OPEN_LIST);
    if (closes(byte)) this.#open.pop();
    if (byte === COMMA) this.#next();
    return null;
  }

  #begin(isList: boolean): JsonFlaw | null {
    if (this.#open.length >= MAX_DEPTH) return this.#flaw('too-deep');
    this.#open.push({ names: isList ? null : new Set(), name: '', index: 0 });
    return null;
  }

  #next(): void {
    const container = this.#open.at(-1);
    if (container !== undefined) container.index++;
  }

  #text(): JsonFlaw | null {
    const { bytes } = this;
    const start = this.#at;
    this.#at = behindText(bytes, start);
    const container = this.#open.at(-1);
    const end = this.#at;
    if (container === undefined || container.names === null || this.#following() !== COLON) return null;
    return this.#named(textOf(bytes.toString('utf8', start, end)), container.names, container);
  }

  #named(name: string, names: Set<string>, container: Container): JsonFlaw | null {
    container.name = name;
    if (name === '__proto__') return this.#flaw('reserved-name');
    if (names.has(name)) return this.#flaw('repeated-name');
    names.add(name);
    return null;
  }

  #number(): JsonFlaw | null {
    const { bytes } = this;
    const start = this.#at;
    while (NUMBER_BYTES[bytes[this.#at] ?? 0] === 1) this.#at++;
    if (this.#at - start > LONGEST_NUMBER) return this.#flaw('inexact-number');
    const number = bytes.toString('latin1', start, this.#at);
    return SHORT_NUMBER.test(number) || !losesDigits(number) ? null : this.#flaw('inexact-number');
  }

  /** The next byte that is no blank, where the scan stands. */
  #following(): number | undefined {
    while (this.#at < this.bytes.length && (this.bytes[this.#at] ?? 0) <= BLANK) this.#at++;
    return this.bytes[this.#at];
  }

  #flaw(kind: JsonFlaw['kind']): JsonFlaw {
    const path = this.#open.map(({ names, name, index }) => (names === null ? String(index) : name)).join('.');
    return { kind, path };
  }
}

/** By commas and by lists and objects that are not empty, without looking at any member: what is too large costs least. */
function hasTooManyMembers(bytes: Buffer): boolean {
  let [members, depth, wasOpened] = [0, 0, false];
  // What is too deep is found again where its path is known.
  for (let at = 0; at < bytes.length && members <= MAX_MEMBERS && depth <= MAX_DEPTH;) {
    const byte = bytes[at] ?? 0;
    at = byte === QUOTE ? behindText(bytes, at) : at + 1;
    if (byte <= BLANK) continue;
    if (byte === COMMA || (wasOpened && !closes(byte))) members++;
    wasOpened = opens(byte);
    if (wasOpened) depth++;
    else if (closes(byte)) depth--;
  }
  return members > MAX_MEMBERS;
}

/** The place behind the text whose quote stands at `start`. */
function behindText(bytes: Buffer, start: number): number {
  let at = start + 1;
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1;
  return at + 1;
}

/** What stands between the quotes; the parser finds fault with what is no text. */
function textOf(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1);
  try {
    return String(JSON.parse(quoted));
  } catch {
    return quoted;
  }
}
