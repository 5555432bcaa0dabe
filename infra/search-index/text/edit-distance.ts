export interface EditLimit {
  /** The most edits. */
  readonly most: number;
  /** The word need only be like a beginning of the term. */
  readonly isPrefix: boolean;
}

/**
 * How many letters have to be added, left out, replaced or swapped with their neighbour to make the word out of the term;
 * `most + 1` as soon as it is clear that they are more.
 */
export function editDistance(word: string, term: string, { most, isPrefix }: EditLimit): number {
  const tooFar = most + 1;
  // A beginning that is longer than the word by more than the limit cannot be near it.
  const columns = isPrefix ? Math.min(term.length, word.length + most) : term.length;
  if (word.length - columns > most || (!isPrefix && columns - word.length > most)) return tooFar;
  let beforeLast: number[] = [];
  let last = Array.from({ length: columns + 1 }, (_, column) => column);
  for (let row = 1; row <= word.length; row += 1) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= columns; column += 1) {
      const value = cell({ word, term, row, column }, [current, last, beforeLast]);
      current.push(value);
      if (value < least) least = value;
    }
    if (least > most) return tooFar;
    beforeLast = last;
    last = current;
  }
  const distance = isPrefix ? Math.min(...last) : (last[columns] ?? tooFar);
  return Math.min(distance, tooFar);
}

interface Cell {
  readonly word: string;
  readonly term: string;
  readonly row: number;
  readonly column: number;
}

function cell(
  { word, term, row, column }: Cell,
  [current, last, beforeLast]: readonly [readonly number[], readonly number[], readonly number[]],
): number {
  const isSame = word[row - 1] === term[column - 1];
  const replaced = at(last, column - 1) + (isSame ? 0 : 1);
  const value = Math.min(replaced, at(last, column) + 1, at(current, column - 1) + 1);
  const isSwapped = row > 1 && column > 1 && word[row - 1] === term[column - 2] && word[row - 2] === term[column - 1];
  return isSwapped ? Math.min(value, at(beforeLast, column - 2) + 1) : value;
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.MAX_SAFE_INTEGER;

/** Makes a bit for each letter of a word; an edit changes at most one bit in each direction. */
export function letterBits(word: string): number {
  let bits = 0;
  for (let index = 0; index < word.length; index += 1) {
    const code = word.charCodeAt(index) - 97;
    bits |= 1 << (code >= 0 && code < 26 ? code : 26 + (code & 3));
  }
  return bits;
}

export function bitCount(bits: number): number {
  let left = bits;
  let count = 0;
  while (left !== 0) {
    left &= left - 1;
    count += 1;
  }
  return count;
}
