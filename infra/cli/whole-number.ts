import { InvalidArgumentError } from 'commander';

/** Reads an option that is a whole number above 0. */
export function positive(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('not a whole number above 0');
  return value;
}
