import { withoutCaseAndAccents, wordsOf } from './tokens.js';

const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]+/gu;
/** Between letters, digits and punctuation. */
const RUNS = /\p{L}+|\p{N}+/gu;
const DIGIT = /\p{N}/u;
const LETTER = /\p{L}/u;
/** So many neighbouring runs are found when they are typed as one. */
const MOST_JOINED = 4;
const SHORTEST_PREFIX = 4;
const TELLING_DIGITS = 6;

/** Normalises a code for comparison: “ab-123” and “AB 123” are equal. */
export const compactCode = (text: string): string => withoutCaseAndAccents(text).replace(NOT_ALPHANUMERIC, '');

/** Lists the parts of a code from each of its boundaries to its end, the whole first: `ab12c`, `12c`, `c` of `AB-12c`. */
export function codeEndings(text: string): string[] {
  const runs = runsOf(text);
  return runs.map((_, at) => runs.slice(at).join(''));
}

/** Lists the words by which a code is found: its words, its runs of letters and of digits, and neighbouring runs joined. */
export function codeWords(text: string): string[] {
  const runs = runsOf(text);
  const joined = runs.flatMap((_, at) =>
    Array.from({ length: Math.min(MOST_JOINED, runs.length - at) }, (__, more) =>
      runs.slice(at, at + more + 1).join(''),
    ),
  );
  return [...new Set([...wordsOf(text), ...joined])];
}

const runsOf = (text: string): string[] => withoutCaseAndAccents(text).match(RUNS) ?? [];

/** Checks whether a text could be a part number: one word with digits, and with letters or punctuation between them. */
export const looksLikeCode = (text: string): boolean =>
  text.length <= 64 && !/\s/.test(text) && DIGIT.test(text) && runsOf(text).length > 1;

/** Checks whether a code is long enough to count as a beginning; shorter ones begin too many codes. */
export const canBeCodePrefix = (code: string): boolean => code.length >= SHORTEST_PREFIX && DIGIT.test(code);

/** Checks whether a text is probably a code, so that products whose code has it from a boundary on come first. */
export const isTellingCode = (code: string): boolean =>
  canBeCodePrefix(code) && (LETTER.test(code) || code.length >= TELLING_DIGITS);
