import type { Condition, Effect, PolicyProblem, Selector } from '../pricing/index.js';
import type { Money } from '../shared/index.js';
import type { PromotionDetails } from './events.js';

/** Which rules could be read. */
export interface Readable {
  readonly when: readonly boolean[];
  readonly then: readonly boolean[];
}

/** What is right by itself and cannot be together: rules that never match, and rules that overlap. */
export function contradictions(details: PromotionDetails, isReadable: Readable): readonly PolicyProblem[] {
  const when = details.when.map((condition, index) => (isReadable.when[index] === true ? condition : null));
  const then = details.then.map((effect, index) => (isReadable.then[index] === true ? effect : null));
  return [
    ...windowProblems(details),
    ...repeated('when', when.map(aboutOf)),
    ...repeated('then', then.map(targetsOf)),
    ...currencyProblems(details, { when, then }),
  ];
}

function windowProblems({ from = '', to = '' }: PromotionDetails): readonly PolicyProblem[] {
  return from !== '' && to !== '' && to <= from ? [{ path: 'to', message: 'has to be after from' }] : [];
}

/** A rule that is about what an earlier one is about. */
function repeated(list: 'when' | 'then', abouts: readonly (readonly string[])[]): readonly PolicyProblem[] {
  const seen = new Map<string, number>();
  return abouts.flatMap((about, index) => {
    const earlier = about.map((each) => seen.get(each)).find((place) => place !== undefined);
    for (const each of about) if (!seen.has(each)) seen.set(each, index);
    return earlier === undefined
      ? []
      : [{ path: `${list}[${index}]`, message: `is about the same as ${list}[${earlier}]` }];
  });
}

const aboutOf = (condition: Condition | null): readonly string[] =>
  condition === null ? [] : [condition.type === 'quantity' ? textOfSelector(condition.of) : condition.type];

function targetsOf(effect: Effect | null): readonly string[] {
  switch (effect?.type) {
    case undefined:
      return [];
    case 'free-shipping':
      return effect.methods?.map((method) => `shipping by ${method}`) ?? ['shipping'];
    case 'buy-get':
      return [`units ${textOfSelector(effect.get.of)}`];
    case 'percent-off':
    case 'amount-off':
    case 'fixed-price':
      return [effect.of === 'shipping' ? 'shipping' : textOfSelector(effect.of === 'order' ? {} : effect.of)];
    default:
      return effect satisfies never;
  }
}

/** Equal for selectors that take in the same whatever the order in which it is said. */
function textOfSelector({ skus, categories, brands, attributes = {}, except }: Selector = {}): string {
  const lists = [skus, categories, brands].map((values) => values?.toSorted() ?? null);
  const pairs = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([...lists, pairs, except === undefined ? null : textOfSelector(except)]);
}

interface Rules {
  readonly when: readonly (Condition | null)[];
  readonly then: readonly (Effect | null)[];
}

interface Amounts {
  readonly path: string;
  readonly amounts: readonly Money[];
}

function currencyProblems({ currencies, limits }: PromotionDetails, { when, then }: Rules): readonly PolicyProblem[] {
  const asked = when.flatMap((condition, index) =>
    condition?.type === 'subtotal' ? [{ path: `when[${index}].atLeast`, amounts: condition.atLeast }] : [],
  );
  const given = then.flatMap((effect, index) => amountsOf(effect, `then[${index}]`));
  const named = currencies?.filter((code) => code !== '');
  // Without currencies of its own it is for those that its conditions have amounts in; undefined where it is for all.
  const possible = named ?? asked.map(({ amounts }) => amounts.map(({ currency }) => currency)).reduce(both, undefined);
  const problems =
    named === undefined
      ? given.flatMap((amounts) => noneOf(amounts, possible))
      : [...asked, ...given].flatMap((amounts) => missingOf(amounts, named));
  const { budget } = limits ?? {};
  const isElsewhere =
    budget !== undefined && budget.currency !== '' && possible !== undefined && !possible.includes(budget.currency);
  return isElsewhere
    ? [...problems, { path: 'limits.budget.currency', message: 'has to be a currency of the promotion' }]
    : problems;
}

const both = (some: readonly string[] | undefined, others: readonly string[]): readonly string[] =>
  some === undefined ? others : some.filter((code) => others.includes(code));

function amountsOf(effect: Effect | null, path: string): readonly Amounts[] {
  if (effect === null) return [];
  if ('amounts' in effect) return [{ path: `${path}.amounts`, amounts: effect.amounts }];
  return 'atMost' in effect && effect.atMost !== undefined ? [{ path: `${path}.atMost`, amounts: effect.atMost }] : [];
}

function missingOf({ path, amounts }: Amounts, currencies: readonly string[]): readonly PolicyProblem[] {
  const missing = currencies.filter((code) => !amounts.some(({ currency }) => currency === code));
  return missing.length === 0 ? [] : [{ path, message: `has no amount in ${missing.join(', ')}` }];
}

function noneOf({ path, amounts }: Amounts, possible: readonly string[] | undefined): readonly PolicyProblem[] {
  if (possible === undefined || amounts.some(({ currency }) => possible.includes(currency))) return [];
  return [{ path, message: 'has no amount in a currency that the conditions have one in' }];
}
