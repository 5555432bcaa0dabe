import { tokensOf } from './tokens.js';

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);
const MARKUP = /[&<>"']/g;

const escaped = (text: string): string => text.replace(MARKUP, (character) => ENTITIES.get(character) ?? character);

/** Makes HTML of a text with `<mark>` around matching words; undefined where none matches. */
export function highlight(text: string, matches: (word: string) => boolean): string | undefined {
  let html = '';
  let at = 0;
  for (const { start, end } of markedRanges(text, matches)) {
    html += `${escaped(text.slice(at, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    at = end;
  }
  return at === 0 ? undefined : html + escaped(text.slice(at));
}

interface Range {
  readonly start: number;
  end: number;
}

/** Pairs of letters overlap, and a character may be taken apart into several words: what overlaps is marked as one. */
function markedRanges(text: string, matches: (word: string) => boolean): Range[] {
  const ranges: Range[] = [];
  for (const { word, start, end } of tokensOf(text)) {
    if (!matches(word)) continue;
    const last = ranges.at(-1);
    if (last === undefined || start >= last.end) ranges.push({ start, end });
    else last.end = Math.max(last.end, end);
  }
  return ranges;
}
