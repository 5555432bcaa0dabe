import { JsonReader } from '../pricing/index.js';
import type { PolicyProblem } from '../pricing/index.js';
import type { Refused } from '../shared/index.js';
import { normalisedCode } from './codes.js';
import { invalidCoupons } from './refusals.js';

/** What is asked for: codes that are given, or so many that nobody can guess. */
export type NewCoupons = {
  readonly uses: number;
  readonly usesPerCustomer?: number;
} & (
  | { readonly kind: 'given'; readonly codes: readonly string[] }
  /** `length` is that of what follows the prefix. */
  | { readonly kind: 'generated'; readonly count: number; readonly prefix: string; readonly length: number }
);

/** Without what is taken for something else, and without vowels, so that no code is a word. */
export const CODE_ALPHABET = '23456789BCDFGHJKMNPQRSTVWXYZ';

const PREFIX = /^[A-Z0-9-]*$/i;
const MOST_GIVEN = 5_000;
const MOST_GENERATED = 100_000;
const MOST_USES = 1_000_000_000;
const LONGEST_CODE = 64;
const DEFAULT_LENGTH = 12;
/** So many guesses are needed for one hit among the codes of a request, on average. */
const GUESSES = 1e9;

/** The least number of random characters that so many codes need, so that guessing one is hopeless. */
export const leastLength = (count: number): number =>
  Math.ceil(Math.log(count * GUESSES) / Math.log(CODE_ALPHABET.length));

/** Reads a request for coupons from parsed JSON; refused with all of its problems at once. */
export function parseNewCoupons(json: unknown): NewCoupons | Refused {
  const problems: PolicyProblem[] = [];
  const coupons = readNewCoupons(new JsonReader(json, '', problems));
  return problems.length === 0 ? coupons : invalidCoupons(problems);
}

function readNewCoupons(body: JsonReader): NewCoupons {
  const uses = body.at('uses');
  const usesPerCustomer = body.at('usesPerCustomer');
  const limits = {
    uses: uses.absent ? 1 : uses.wholeNumber(1, MOST_USES),
    ...(usesPerCustomer.absent ? {} : { usesPerCustomer: usesPerCustomer.wholeNumber(1, MOST_USES) }),
  };
  if (body.at('codes').absent) return { ...limits, kind: 'generated', ...readGenerated(body) };
  body.onlyMembers('codes', 'uses', 'usesPerCustomer');
  return { ...limits, kind: 'given', codes: readCodes(body.at('codes')) };
}

function readCodes(list: JsonReader): readonly string[] {
  const seen = new Set<string>();
  return list.list(
    (item) => {
      const code = normalisedCode(item.asText ?? '') ?? '';
      if (code === '') item.problem('has to be 4 to 64 letters, digits and hyphens');
      else if (seen.has(code)) item.problem('is named twice');
      seen.add(code);
      return code;
    },
    1,
    MOST_GIVEN,
  );
}

function readGenerated(body: JsonReader) {
  body.onlyMembers('count', 'prefix', 'length', 'uses', 'usesPerCustomer');
  const count = body.at('count').wholeNumber(1, MOST_GENERATED);
  const least = leastLength(count);
  const prefix = readPrefix(body.at('prefix'), LONGEST_CODE - least);
  const most = LONGEST_CODE - prefix.length;
  const length = body.at('length');
  return { count, prefix, length: length.absent ? Math.min(DEFAULT_LENGTH, most) : length.wholeNumber(least, most) };
}

function readPrefix(prefix: JsonReader, most: number): string {
  if (prefix.absent) return '';
  const isPrefix = (text: string): boolean => PREFIX.test(text) && text.length <= most;
  return prefix.text(isPrefix, `has to be at most ${most} letters, digits and hyphens`).toUpperCase();
}
