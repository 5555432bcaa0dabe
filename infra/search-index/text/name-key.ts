import { withoutCaseAndAccents } from './tokens.js';

/** As many characters as a name may have: only one that grows by its folding is cut, and every key fits into a cursor. */
const LONGEST_KEY = 300;

/**
 * What names are ordered by: “Éclair” stands beside “eclair”, “Øre” beside “ore”. Syllables of Hangul are put together
 * again, or each would count as three.
 */
export function nameKey(name: string): string {
  const key = withoutCaseAndAccents(name).normalize('NFC');
  return key.length <= LONGEST_KEY ? key : [...key].slice(0, LONGEST_KEY).join('');
}
