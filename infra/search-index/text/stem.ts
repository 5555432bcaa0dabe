const IRREGULAR = new Map([
  ['women', 'woman'],
  ['men', 'man'],
  ['children', 'child'],
  ['feet', 'foot'],
  ['teeth', 'tooth'],
  ['mice', 'mouse'],
  ['geese', 'goose'],
]);
const PLURAL = /[^s]s$/;
/** After these an `e` may belong to the plural (“boxes”, “tomatoes”, “berries”) or to the word (“shoe”, “olive”). */
const SILENT_E = /(?:[xzsiov]|[cs]h)e$/;
const CONSONANT_Y = /[^aeiou]y$/;
const F_OR_FE = /[^f]fe?$/;
const LETTERS_ONLY = /^[a-z]+$/;

/**
 * One form for singular and plural of an English word: “cookies” and “cookie”, “berries” and “berry”, “loaves” and “loaf”.
 * Takes no other endings away: “organic” stays apart from “organ”.
 */
export function stemOf(word: string): string {
  if (word.length < 3 || !LETTERS_ONLY.test(word)) return word;
  let stem = word.length > 3 && PLURAL.test(word) ? word.slice(0, -1) : word;
  stem = IRREGULAR.get(stem) ?? stem;
  if (stem.length < 4) return stem.length === 3 && CONSONANT_Y.test(stem) ? `${stem.slice(0, -1)}i` : stem;
  if (F_OR_FE.test(stem)) return stem.replace(F_OR_FE, (ending) => `${ending[0] ?? ''}v`);
  if (SILENT_E.test(stem)) return stem.slice(0, -1);
  return CONSONANT_Y.test(stem) ? `${stem.slice(0, -1)}i` : stem;
}
