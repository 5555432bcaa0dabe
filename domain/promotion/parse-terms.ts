import { JsonReader } from '../pricing/index.js';
import type { Condition, Effect, PolicyProblem, Target } from '../pricing/index.js';
import { isCountry, isCurrency, isRate, parseRate, withChanges } from '../shared/index.js';
import type { Money } from '../shared/index.js';
import { contradictions } from './contradictions.js';
import type { PromotionDetails, PromotionLimits } from './events.js';
import { moneyList, optionally, readSelector, shortText, textOf, uniqueList } from './readers.js';

export type PromotionReading =
  | { readonly valid: true; readonly details: PromotionDetails }
  | { readonly valid: false; readonly problems: readonly PolicyProblem[] };

const MEMBERS = [
  'name',
  'description',
  'priority',
  'combines',
  'group',
  'from',
  'to',
  'channels',
  'currencies',
  'customerGroups',
  'countries',
  'trigger',
  'when',
  'then',
  'limits',
];
const DEFAULTS = { priority: 0, combines: 'all', trigger: 'automatic', when: [] };

/**
 * Reads a promotion from parsed JSON, and reports all of its problems at once. Left out, `priority` is 0, `combines` is `all`, the
 * trigger `automatic`, and no condition has to hold.
 */
export function parsePromotion(json: unknown): PromotionReading {
  const problems: PolicyProblem[] = [];
  const given = new JsonReader(json, '', problems);
  if (!given.isObject) return { valid: false, problems: [{ path: '', message: 'has to be an object' }] };
  const details = readPromotion(
    new JsonReader({ ...DEFAULTS, ...withoutNulls(json as object) }, '', problems),
    problems,
  );
  return problems.length === 0 ? { valid: true, details } : { valid: false, problems };
}

/** Reads details with changes from parsed JSON: null takes a member away. */
export function parseChanged(details: PromotionDetails, changes: unknown): PromotionReading {
  const isObject = typeof changes === 'object' && changes !== null && !Array.isArray(changes);
  return parsePromotion(isObject ? withChanges(details, changes) : changes);
}

const withoutNulls = (json: object): object =>
  Object.fromEntries(Object.entries(json).filter(([, value]) => value !== null));

function readPromotion(file: JsonReader, problems: PolicyProblem[]): PromotionDetails {
  file.onlyMembers(...MEMBERS);
  const [when, then] = [file.at('when'), file.at('then')];
  const readable = <Rule>(read: (rule: JsonReader) => Rule) => {
    return (rule: JsonReader): { readonly rule: Rule; readonly isReadable: boolean } => {
      const before = problems.length;
      return { rule: read(rule), isReadable: problems.length === before };
    };
  };
  const limits = optionally(file, 'limits', readLimits);
  const details = {
    name: textOf(file.at('name'), { most: 200 }),
    ...optionally(file, 'description', (text) => textOf(text, { most: 2_000, lines: true })),
    priority: file.at('priority').wholeNumber(-1_000_000, 1_000_000),
    combines: readCombines(file.at('combines')),
    ...optionally(file, 'group', shortText),
    ...optionally(file, 'from', readTime),
    ...optionally(file, 'to', readTime),
    ...optionally(file, 'channels', (list) => uniqueList(list, shortText)),
    ...optionally(file, 'currencies', (list) => uniqueList(list, currency)),
    ...optionally(file, 'customerGroups', (list) => uniqueList(list, shortText)),
    ...optionally(file, 'countries', (list) => uniqueList(list, country)),
    trigger: file.at('trigger').oneOf('automatic', 'coupon'),
  };
  const conditions = when.list(readable(readCondition), 0, MOST_RULES);
  const effects = then.list(readable(readEffect), 1, MOST_RULES);
  const read: PromotionDetails = {
    ...details,
    when: conditions.map(({ rule }) => rule),
    then: effects.map(({ rule }) => rule),
    ...(limits.limits === undefined || Object.keys(limits.limits).length === 0 ? {} : limits),
  };
  // What could not be read contradicts nothing.
  const isReadable = { when: conditions.map((each) => each.isReadable), then: effects.map((each) => each.isReadable) };
  problems.push(...contradictions(read, isReadable));
  return read;
}

const MOST_RULES = 20;

function readCombines(combines: JsonReader): PromotionDetails['combines'] {
  if (combines.asText === undefined) return uniqueList(combines, shortText);
  return combines.oneOf('all', 'none');
}

function readLimits(limits: JsonReader): PromotionLimits {
  limits.onlyMembers('uses', 'usesPerCustomer', 'budget');
  const uses = (count: JsonReader): number => count.wholeNumber(1, 1_000_000_000);
  return {
    ...optionally(limits, 'uses', uses),
    ...optionally(limits, 'usesPerCustomer', uses),
    ...optionally(limits, 'budget', (budget) => money(budget, 1)),
  };
}

/** RFC 3339, with any offset; it is kept as UTC to the millisecond. */
function readTime(time: JsonReader): string {
  const given = time.text((text) => utcOf(text) !== null, 'has to be a time as RFC 3339 has it');
  return utcOf(given) ?? '';
}

const RFC_3339 = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}:\d{2})(\.\d+)?(Z|[+-]\d{2}:\d{2})$/i;

function utcOf(text: string): string | null {
  const [, date = '', clock = '', , offset = ''] = RFC_3339.exec(text) ?? [];
  const wall = new Date(`${date}T${clock}Z`);
  // A date that does not exist, such as February 30, would be another one.
  if (Number.isNaN(wall.getTime()) || !wall.toISOString().startsWith(`${date}T${clock}`)) return null;
  const time = new Date(text.toUpperCase());
  if (offset === '' || Number.isNaN(time.getTime())) return null;
  const utc = time.toISOString();
  return utc.length === 24 ? utc : null;
}

/** Says which of several kinds a rule is; undefined where it is none, which is reported. */
function kindOf<const Kind extends string>(rule: JsonReader, ...kinds: readonly [Kind, ...Kind[]]): Kind | undefined {
  const type = rule.at('type');
  const found = kinds.find((kind) => kind === type.asText);
  if (!rule.isObject) rule.problem('has to be an object');
  else if (found === undefined) type.oneOf(...kinds);
  return found;
}

function readCondition(condition: JsonReader): Condition {
  const type = kindOf(condition, 'subtotal', 'quantity', 'first-order');
  switch (type) {
    case undefined:
      return { type: 'first-order' };
    case 'subtotal':
      condition.onlyMembers('type', 'atLeast');
      return { type, atLeast: moneyList(condition.at('atLeast'), (each) => money(each, 0)) };
    case 'quantity':
      condition.onlyMembers('type', 'atLeast', 'of');
      return {
        type,
        atLeast: quantity(condition.at('atLeast')),
        ...optionally(condition, 'of', readSelector),
      };
    case 'first-order':
      condition.onlyMembers('type');
      return { type };
    default:
      return type satisfies never;
  }
}

function readEffect(effect: JsonReader): Effect {
  const type = kindOf(effect, 'percent-off', 'amount-off', 'buy-get', 'fixed-price', 'free-shipping');
  switch (type) {
    case undefined:
      return { type: 'free-shipping' };
    case 'percent-off':
      effect.onlyMembers('type', 'percent', 'of', 'atMost');
      return {
        type,
        percent: percent(effect.at('percent')),
        of: readTarget(effect.at('of')),
        ...optionally(effect, 'atMost', (list) => moneyList(list, (each) => money(each, 1))),
      };
    case 'amount-off':
      effect.onlyMembers('type', 'amounts', 'of');
      return {
        type,
        amounts: moneyList(effect.at('amounts'), (each) => money(each, 1)),
        of: readTarget(effect.at('of')),
      };
    case 'buy-get':
      return readBuyGet(effect);
    case 'fixed-price':
      effect.onlyMembers('type', 'amounts', 'of');
      return {
        type,
        amounts: moneyList(effect.at('amounts'), (each) => money(each, 0)),
        of: readSelector(effect.at('of')),
      };
    case 'free-shipping':
      effect.onlyMembers('type', 'methods');
      return { type, ...optionally(effect, 'methods', (list) => uniqueList(list, shortText)) };
    default:
      return type satisfies never;
  }
}

function readBuyGet(effect: JsonReader): Effect {
  effect.onlyMembers('type', 'buy', 'get', 'timesAtMost');
  const [buy, get] = [effect.at('buy'), effect.at('get')];
  buy.onlyMembers('quantity', 'of');
  get.onlyMembers('quantity', 'of', 'percent');
  return {
    type: 'buy-get',
    buy: { quantity: quantity(buy.at('quantity')), ...optionally(buy, 'of', readSelector) },
    get: {
      quantity: quantity(get.at('quantity')),
      ...optionally(get, 'of', readSelector),
      percent: percent(get.at('percent')),
    },
    ...optionally(effect, 'timesAtMost', quantity),
  };
}

function readTarget(target: JsonReader): Target {
  if (target.isObject) return readSelector(target);
  const text = target.asText;
  if (text === 'order' || text === 'shipping') return text;
  target.problem('has to be order, shipping or a selector of lines');
  return 'order';
}

const quantity = (count: JsonReader): number => count.wholeNumber(1, 1_000_000);

const percent = (text: JsonReader): string =>
  text.text(isPercent, 'has to be a decimal as text, above 0 and at most 100, such as "12.5"');

function isPercent(text: string): boolean {
  if (!isRate(text)) return false;
  const { numerator, denominator } = parseRate(text);
  return numerator > 0n && numerator <= 100n * denominator;
}

const currency = (code: JsonReader): string => code.text(isCurrency, 'has to be an ISO 4217 code');

const country = (code: JsonReader): string => code.text(isCountry, 'has to be an ISO 3166-1 alpha-2 code');

function money(of: JsonReader, least: 0 | 1): Money {
  of.onlyMembers('amount', 'currency');
  return { amount: of.at('amount').wholeNumber(least, Number.MAX_SAFE_INTEGER), currency: currency(of.at('currency')) };
}
