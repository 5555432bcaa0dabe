import { asBeginnings, corrected, type SearchWord, type TypedText } from '../text/search-words.js';
import type { Connection } from './connection.js';
import { KnownWords } from './known-words.js';
import type { Source } from './search-source.js';
import type { Meaning } from './word-query.js';

/**
 * What typed words may mean, one after the other until something has them: all words as typed; the unknown ones corrected;
 * as beginnings of words; any of them corrected; some of the words. What cannot be found is left out without asking.
 */
export async function* meanings(connection: Connection, source: Source, typed: TypedText): AsyncGenerator<Meaning> {
  const { code } = typed;
  if (typed.words.length === 0 && code === null) return;
  let known = await KnownWords.ask(connection, source, typed);
  const { words } = known;
  const all = (meant: readonly SearchWord[]): Meaning => ({ words: meant, code, join: 'all' });
  const unknown = words.filter(known.isUnknown);
  if (unknown.length === 0 || known.hasCode) yield all(words);
  if (words.length === 0) return;
  const simply = unknown.length === 0 ? undefined : corrected(unknown, known, 'unknown');
  const isSimple = simply?.every(({ corrections }) => corrections.length > 0) === true;
  if (isSimple) yield all(corrected(words, known, 'unknown') ?? words);
  known = await known.deepened();
  if (known.isNonsense) return;
  const meant = corrected(words, known, 'unknown');
  if (meant !== undefined && !isSimple) yield all(meant);
  const begun = asBeginnings(meant ?? words);
  if (begun !== undefined) yield all(begun);
  const anyCorrected = corrected(words, known, 'all');
  if (anyCorrected !== undefined) yield all(anyCorrected);
  yield { words: meant ?? words, code, join: 'any' };
}
