import { moneyText, timeText } from '../../../../shared/format/index.js';

/** A state, such as `partially-shipped`; not an id. */
const WORDS = /^[a-z]+(-[a-z]+)+$/;
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;

interface Money {
  readonly amount: number;
  readonly currency: string;
}

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'amount' in value && 'currency' in value;

/** A value of a document as people write it. */
export function valueText(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  if (isMoney(value)) return moneyText(value);
  if (typeof value === 'string') {
    if (TIME.test(value)) return timeText(value);
    return WORDS.test(value) ? value.replaceAll('-', ' ') : value;
  }
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  return JSON.stringify(value);
}

/** `/lines/0/lineTotal` → `lines 1 › line total`. */
export const fieldText = (pointer: string): string =>
  pointer === ''
    ? 'the whole'
    : pointer
        .slice(1)
        .split('/')
        .map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'))
        .map((name) => (/^\d+$/.test(name) ? String(Number(name) + 1) : spaced(name)))
        .join(' › ')
        .replaceAll(/ › (\d+)/g, ' $1');

const spaced = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
