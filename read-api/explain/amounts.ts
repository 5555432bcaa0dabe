import type { ExactJson } from '../../domain/shared/schema.js';

/** What is added up: a number, or money; null for what is neither. */
export interface Amount {
  readonly units: bigint;
  /** Undefined for a number. */
  readonly currency: string | undefined;
}

interface Money {
  readonly amount: number | bigint;
  readonly currency: string;
}

export function amountOf(value: unknown): Amount | null {
  if (isWhole(value)) return { units: BigInt(value), currency: undefined };
  return isMoney(value) ? { units: BigInt(value.amount), currency: value.currency } : null;
}

const isWhole = (value: unknown): value is number | bigint => typeof value === 'bigint' || Number.isSafeInteger(value);

function isMoney(value: unknown): value is Money {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return false;
  const { amount, currency } = value as Partial<Record<keyof Money, unknown>>;
  return isWhole(amount) && typeof currency === 'string';
}

/** Shows so many units as what they are a part of. */
export function shownAs({ currency }: Pick<Amount, 'currency'>, units: bigint): ExactJson {
  const number = BigInt.asIntN(54, units) === units ? Number(units) : units;
  return currency === undefined ? number : { amount: number, currency };
}

/** Texts, numbers, money, flags and null: what is one value and no list or object of several. */
export const isOneValue = (value: unknown): value is ExactJson =>
  value !== undefined && (typeof value !== 'object' || value === null || isMoney(value));
