import { minorUnits } from '../../../shared/format/index.js';
import type { Misfit } from './misfits.js';

/** What was typed, as the API takes it, or why it is nothing to send. */
export interface Reading<Body> {
  readonly body: Body;
  readonly misfits: readonly Misfit[];
}

/** An amount as it is typed. */
export interface MoneyDraft {
  /** Major units. */
  amount: string;
  /** ISO 4217, in any case. */
  currency: string;
}

/** Texts by name as they are typed: rows. */
export interface NamedTextDraft {
  name: string;
  text: string;
}

/** Members without those that were left empty. */
type Filled<Members> = { [Name in keyof Members]: Exclude<Members[Name], undefined> };

/** The members that have a value: what was left empty is not sent. */
export const filled = <Members extends object>(members: Members): Partial<Filled<Members>> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as Partial<Filled<Members>>;

/** Codes, separated by commas or blanks. */
export const codesIn = (typed: string): readonly string[] => typed.split(/[\s,;]+/).filter((code) => code !== '');

/** Names, one a line. */
export const linesIn = (typed: string): readonly string[] =>
  typed
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** A list that was left empty is none. */
export const someOf = (list: readonly string[]): string[] | undefined => (list.length === 0 ? undefined : [...list]);

/** What was typed, without blanks around it; undefined where nothing was. */
export const someText = (typed: string): string | undefined => (typed.trim() === '' ? undefined : typed.trim());

export const currencyIn = (typed: string): string => typed.trim().toUpperCase();

/** Reads what was typed into the fields of a form, and collects what it cannot read. */
export class DraftReader {
  readonly misfits: Misfit[] = [];

  /** A whole number; undefined where nothing was typed. */
  whole(path: string, typed: string): number | undefined {
    if (typed.trim() === '') return undefined;
    if (/^[-+]?\d+$/.test(typed.trim())) return Number(typed);
    this.misfits.push({ path, message: 'has to be a whole number' });
    return undefined;
  }

  /** Minor units of the currency, from `least` on. */
  amount(path: string, typed: MoneyDraft, least = 1): number {
    const currency = currencyIn(typed.currency);
    const amount = minorUnits(typed.amount, currency, least);
    if (amount !== null) return amount;
    const than = least > 0 ? ' above zero' : '';
    this.misfits.push({ path, message: `has to be an amount of ${currency || 'a currency'}${than}, such as 12.50` });
    return least;
  }

  /** Money; what is wrong with the amount is told at its path. */
  money(path: string, typed: MoneyDraft, least = 1): { amount: number; currency: string } {
    return { amount: this.amount(`${path}.amount`, typed, least), currency: currencyIn(typed.currency) };
  }

  monies(path: string, typed: readonly MoneyDraft[], least = 1): { amount: number; currency: string }[] {
    return typed.map((each, index) => this.money(`${path}.${index}`, each, least));
  }

  /** Texts by name, without rows that were left empty; a name that stands twice is wrong, as one of the two would be lost. */
  named(path: string, rows: readonly NamedTextDraft[]): Record<string, string> {
    const names = rows.map(({ name }) => name.trim());
    for (const [index, name] of names.entries()) {
      if (isEmpty(rows[index])) continue;
      if (name === '') this.misfits.push({ path: `${path}.${index}.name`, message: 'has to be a text' });
      else if (names.indexOf(name) < index)
        this.misfits.push({ path: `${path}.${index}.name`, message: 'is named twice' });
    }
    return Object.fromEntries(rows.filter((row) => !isEmpty(row)).map(({ name, text }) => [name.trim(), text]));
  }

  reading<Body>(body: Body): Reading<Body> {
    return { body, misfits: this.misfits };
  }
}

const isEmpty = (row: NamedTextDraft | undefined): boolean =>
  row === undefined || `${row.name}${row.text}`.trim() === '';
