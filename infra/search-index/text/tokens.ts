/** A word of a text with its place. */
export interface Token {
  /** The word in letters or digits, without case and accents. */
  readonly word: string;
  readonly start: number;
  readonly end: number;
  /** A letter that stands in pairs too, which say more: who searches for several letters means those. */
  readonly isPaired?: true;
}

/** Letters or a number; a number in the middle of letters stands for itself, so that “12oz” is found by “12 oz”. */
const ASCII = /\d+(?:\.\d+)*|[a-z]+(?:'[a-z]+)*/gi;
/** Scripts without spaces between words, with the mark of long vowels that kana share. */
const UNSPACED = ['Han', 'Hiragana', 'Katakana', 'Bopomofo', 'Thai', 'Lao', 'Khmer', 'Myanmar', 'Tai_Tham', 'Tai_Viet']
  .map((script) => String.raw`\p{sc=${script}}`)
  .concat(String.raw`\u30FC\uFF70`)
  .join('');
/** Of half-width kana the sound marks are characters of their own. */
const MARK = String.raw`[\p{M}\uFF9E\uFF9F]`;
const UNSPACED_LETTER = String.raw`(?:(?=[\p{L}\p{M}])[${UNSPACED}]${MARK}*)`;
const SPACED_LETTER = String.raw`(?:(?![${UNSPACED}])[\p{L}\p{M}])`;
const UNICODE = new RegExp(
  String.raw`(?<unspaced>${UNSPACED_LETTER}+)|\p{N}+(?:\.\p{N}+)*|${SPACED_LETTER}+(?:['’]${SPACED_LETTER}+)*`,
  'gu',
);
const BEGINS_UNSPACED = new RegExp(`^${UNSPACED_LETTER}`, 'u');
const LETTER_WITH_MARKS = new RegExp(String.raw`[\p{L}\p{M}]${MARK}*`, 'gu');
const NOT_ASCII = /[^\0-\x7f]/;
const APOSTROPHES = /['’]/g;
/** Accents; in other scripts a mark makes another letter, or is a vowel. */
const ACCENTED = /([\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}])\p{M}+/gu;
/** What no mark is taken from; the last two are small letters whose capital is another one's. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ς', 'σ'],
]);
const SPECIAL = /[ßæœøđðłþıς]/g;
const PARTS = /\p{N}+(?:\.\p{N}+)*|[\p{L}\p{M}]+/gu;

/** Checks whether a word is of a script without spaces. */
export const isUnspaced = (word: string): boolean => NOT_ASCII.test(word) && BEGINS_UNSPACED.test(word);

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const isAscii = !NOT_ASCII.test(text);
  for (const match of text.matchAll(isAscii ? ASCII : UNICODE)) {
    const [raw] = match;
    const start = match.index;
    const end = start + raw.length;
    if (match.groups?.['unspaced'] !== undefined) tokens.push(...lettersAndPairs(raw, start));
    else if (isAscii) tokens.push({ word: raw.replace(APOSTROPHES, '').toLowerCase(), start, end });
    // Folding may take a character apart (½ is 1⁄2).
    else for (const [word] of folded(raw).matchAll(PARTS)) tokens.push({ word, start, end });
  }
  return tokens;
}

/** Where no spaces part the words, one may begin anywhere: each letter, and each with the next one. */
function lettersAndPairs(run: string, start: number): Token[] {
  const letters = [...run.matchAll(LETTER_WITH_MARKS)].map((match) => ({
    word: folded(match[0]),
    start: start + match.index,
    end: start + match.index + match[0].length,
  }));
  if (letters.length === 1) return letters;
  return letters.flatMap((letter, at): Token[] => {
    const next = letters[at + 1];
    const single: Token = { ...letter, isPaired: true };
    return next === undefined ? [single] : [single, { ...letter, word: letter.word + next.word, end: next.end }];
  });
}

/** Lists the words that a text is found by. */
export const wordsOf = (text: string): string[] => tokensOf(text).map(({ word }) => word);

/** Lists the words of a typed text, all of which a match must have. */
export const typedWordsOf = (text: string): string[] =>
  tokensOf(text)
    .filter(({ isPaired }) => isPaired !== true)
    .map(({ word }) => word);

/** Half- and full-width are one, and so are a letter with its mark and the letter that is both. */
export const withoutCaseAndAccents = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(ACCENTED, '$1')
    .toLowerCase()
    .replace(SPECIAL, (letter) => LETTERS.get(letter) ?? letter)
    .normalize('NFC');

const folded = (raw: string): string => withoutCaseAndAccents(raw.replace(APOSTROPHES, ''));
