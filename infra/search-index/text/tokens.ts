/** A word of a text, and where it stands there. */
export interface Token {
  /** Without case and accents; letters or digits. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Letters or a number; a number in the middle of letters stands for itself, so that “12oz” is found by “12 oz”. */
const ASCII = /\d+(?:\.\d+)*|[a-z]+(?:'[a-z]+)*/gi;
/** Scripts without spaces between words: every character counts as a word. */
const IDEOGRAPH = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}`;
const UNICODE = new RegExp(
  String.raw`[${IDEOGRAPH}]|\p{N}+(?:\.\p{N}+)*|(?:(?![${IDEOGRAPH}])[\p{L}\p{M}])+(?:['’](?:(?![${IDEOGRAPH}])[\p{L}\p{M}])+)*`,
  'gu',
);
const NOT_ASCII = /[^\0-\x7f]/;
const APOSTROPHES = /['’]/g;
const MARKS = /\p{M}+/gu;
/** What no mark is taken from; the last two are small letters whose capital is another one's. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
  ς: 'σ',
};
const SPECIAL = /[ßæœøđðłþıς]/g;
const PARTS = /\p{N}+(?:\.\p{N}+)*|\p{L}+/gu;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const isAscii = !NOT_ASCII.test(text);
  for (const match of text.matchAll(isAscii ? ASCII : UNICODE)) {
    const [raw] = match;
    const start = match.index;
    const end = start + raw.length;
    if (isAscii) tokens.push({ word: raw.replace(APOSTROPHES, '').toLowerCase(), start, end });
    // Folding may take a character apart (½ is 1⁄2).
    else for (const [word] of folded(raw).matchAll(PARTS)) tokens.push({ word, start, end });
  }
  return tokens;
}

export const wordsOf = (text: string): string[] => tokensOf(text).map(({ word }) => word);

/** What words are found by and names are ordered by. */
export const withoutCaseAndAccents = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);

const folded = (raw: string): string => withoutCaseAndAccents(raw.replace(APOSTROPHES, ''));

const NOT_ALPHANUMERIC = /[^\p{L}\p{N}]+/gu;

/** A code as it is compared: “ab-123” and “AB 123” are one. */
export const compactCode = (text: string): string => folded(text).replace(NOT_ALPHANUMERIC, '');
