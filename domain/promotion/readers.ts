import { tidied } from '../catalog/index.js';
import type { JsonReader, Selector } from '../pricing/index.js';
import type { Money } from '../shared/index.js';

/** Reads a member that may be absent. */
export function optionally<Name extends string, Value>(
  of: JsonReader,
  name: Name,
  read: (member: JsonReader) => Value,
): { readonly [Member in Name]?: Value } {
  const member = of.at(name);
  const found: { [Member in Name]?: Value } = {};
  if (!member.absent) found[name] = read(member);
  return found;
}

/** Control characters and lone surrogates, which no text that a person writes has. */
const NOT_TEXT = /[\p{Cc}\p{Cs}]/u;
const LINE_ENDS = /[\t\n\r]/g;

export interface TextRule {
  /** Most characters (UTF-16 units). */
  readonly most: number;
  /** Line breaks and tabs are fine. */
  readonly lines?: boolean;
}

export const textOf = (reader: JsonReader, { most, lines = false }: TextRule): string =>
  reader.text(
    (text) => text.trim() !== '' && text.length <= most && !NOT_TEXT.test(lines ? text.replace(LINE_ENDS, '') : text),
    `has to be a text of 1 to ${most} characters`,
  );

export const shortText = (reader: JsonReader): string => textOf(reader, { most: 100 });

/** As brands and categories are recorded, so that equal ones compare equal. */
const tidiedText = (reader: JsonReader): string => tidied(shortText(reader));

const MOST_VALUES = 1_000;

/** A list with something in it, and nothing twice. */
export function uniqueList(list: JsonReader, read: (item: JsonReader) => string): readonly string[] {
  const seen = new Set<string>();
  return list.list(
    (item) => {
      const value = read(item);
      if (value !== '' && seen.has(value)) item.problem('is named twice');
      seen.add(value);
      return value;
    },
    1,
    MOST_VALUES,
  );
}

/** Amounts in different currencies. */
export function moneyList(list: JsonReader, read: (item: JsonReader) => Money): readonly Money[] {
  const seen = new Set<string>();
  return list.list(
    (item) => {
      const money = read(item);
      const { currency } = money;
      if (currency !== '' && seen.has(currency)) item.at('currency').problem(`has an amount in ${currency} already`);
      seen.add(currency);
      return money;
    },
    1,
    MOST_VALUES,
  );
}

const MOST_ATTRIBUTES = 50;
/** A selector without what it excepts is the first. */
const DEEPEST = 4;

export function readSelector(selector: JsonReader, depth = 1): Selector {
  if (depth > DEEPEST) {
    selector.problem('is nested too deeply');
    return {};
  }
  selector.onlyMembers('skus', 'categories', 'brands', 'attributes', 'except');
  const read: Selector = {
    ...optionally(selector, 'skus', (list) => uniqueList(list, shortText)),
    ...optionally(selector, 'categories', (list) => uniqueList(list, tidiedText)),
    ...optionally(selector, 'brands', (list) => uniqueList(list, tidiedText)),
    ...optionally(selector, 'attributes', readAttributes),
    ...optionally(selector, 'except', (except) => readSelector(except, depth + 1)),
  };
  const { except } = read;
  if (except !== undefined && covers(except, read)) {
    selector.at('except').problem('takes out everything that the selector takes in, so that it never matches');
  }
  return read;
}

function readAttributes(attributes: JsonReader): Readonly<Record<string, string>> {
  const { names } = attributes;
  if (!attributes.isObject || names.length === 0 || names.length > MOST_ATTRIBUTES) {
    attributes.problem(`has to be an object of 1 to ${MOST_ATTRIBUTES} texts`);
    return {};
  }
  return Object.fromEntries(names.map((name) => [name, shortText(attributes.at(name))]));
}

/** Whether every line that `inner` takes in, whatever it excepts, is one that `outer` takes in. */
function covers(outer: Selector, inner: Selector): boolean {
  if (outer.except !== undefined) return false;
  const lists = (['skus', 'categories', 'brands'] as const).every((member) => {
    const [wide, narrow] = [outer[member], inner[member]];
    return wide === undefined || (narrow?.every((value) => wide.includes(value)) ?? false);
  });
  return lists && Object.entries(outer.attributes ?? {}).every(([name, value]) => inner.attributes?.[name] === value);
}
