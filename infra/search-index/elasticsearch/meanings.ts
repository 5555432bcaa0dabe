import { asBeginnings, corrected } from '../text/search-words.js';
import { KnownWords, type Asking } from './known-words.js';
import type { Meaning } from './word-query.js';

/**
 * What typed words may mean, one after the other until something has them: all words as typed; the unknown ones corrected;
 * as beginnings of words; any of them corrected; some of the words. What cannot be found is left out without asking.
 */
export async function* meanings(asking: Asking): AsyncGenerator<Meaning> {
  if (asking.typed.words.length === 0) return;
  const { code } = asking.typed;
  const known = await KnownWords.ask(asking);
  const { words } = known;
  const unknown = words.filter(known.isUnknown);
  if (unknown.length === 0 || known.hasCode) yield { words, code, join: 'all' };
  const near = unknown.length === 0 ? undefined : corrected(unknown, known, 'unknown');
  const isNear = near?.every(({ corrections }) => corrections.length > 0) === true;
  if (isNear) yield { words: corrected(words, known, 'unknown') ?? words, code, join: 'all' };
  yield* furtherMeanings(await known.deepened(), code, isNear);
}

/** `isNear`: that all unknown words are corrected was tried before. */
function* furtherMeanings(known: KnownWords, code: string | null, isNear: boolean): Generator<Meaning> {
  if (known.isNonsense) return;
  const { words } = known;
  const meant = corrected(words, known, 'unknown');
  for (const all of [isNear ? undefined : meant, asBeginnings(meant ?? words), corrected(words, known, 'all')]) {
    if (all !== undefined) yield { words: all, code, join: 'all' };
  }
  yield { words: meant ?? words, code, join: 'any' };
}
