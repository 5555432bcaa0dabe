import { tokensOf } from './tokens.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const MARKUP = /[&<>"']/g;

const escaped = (text: string): string => text.replace(MARKUP, (character) => ENTITIES[character] ?? character);

/** The text as HTML with `<mark>` around the words that match; undefined where none does. */
export function highlight(text: string, matches: (word: string) => boolean): string | undefined {
  let html = '';
  let at = 0;
  for (const { word, start, end } of tokensOf(text)) {
    // A character that was taken apart into several words is marked once.
    if (start < at || !matches(word)) continue;
    html += `${escaped(text.slice(at, start))}<mark>${escaped(text.slice(start, end))}</mark>`;
    at = end;
  }
  return at === 0 ? undefined : html + escaped(text.slice(at));
}
