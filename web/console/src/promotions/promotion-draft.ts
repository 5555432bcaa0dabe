import type { Schema } from '../../../shared/api/index.js';
import { majorUnits } from '../../../shared/format/index.js';
import { codesIn, filled, linesIn, someOf, someText, type MoneyDraft, type Reading } from '../form/draft-reader.js';
import type { Labels } from '../form/differences.js';
import { wallTime } from '../form/shop-times.js';
import { TimedReader } from '../form/timed-reader.js';
import { NO_SELECTOR, readSelector, selectorDraft, type SelectorDraft } from './selector-draft.js';

/** What a promotion says, without what became of it. */
export type Terms = Schema<'NewPromotion'>;
type Condition = NonNullable<Terms['when']>[number];
type Effect = Terms['then'][number];
type Money = Schema<'Money'>;

export interface ConditionDraft {
  type: string;
  atLeast: MoneyDraft[];
  units: string;
  of: SelectorDraft;
}

interface TargetDraft extends SelectorDraft {
  /** `order`, `shipping` or `lines`. */
  what: string;
}

/** An effect as it is typed: of every kind what that has, so that nothing is lost where the kind is chosen anew. */
export interface EffectDraft {
  type: string;
  percent: string;
  of: TargetDraft;
  atMost: MoneyDraft[];
  amounts: MoneyDraft[];
  buy: { quantity: string; of: SelectorDraft };
  get: { quantity: string; percent: string; of: SelectorDraft };
  timesAtMost: string;
  methods: string;
}

/** A promotion as it is typed. */
export interface PromotionDraft {
  name: string;
  description: string;
  trigger: string;
  /** By the shop's clock. */
  from: string;
  to: string;
  when: ConditionDraft[];
  then: EffectDraft[];
  channels: string;
  currencies: string;
  customerGroups: string;
  countries: string;
  priority: string;
  combines: { how: string; groups: string };
  group: string;
  limits: { uses: string; usesPerCustomer: string; budget: MoneyDraft };
}

/** What the members of a promotion are called, with times by the clock of the shop. */
export function labelsOf(zone: string): Labels {
  const write = (at: string): string => wallTime(at, zone).replace('T', ' ');
  return {
    name: 'Name',
    description: 'Description',
    trigger: 'Given',
    from: ['From', write],
    to: ['Until', write],
    when: 'Condition',
    then: 'Effect',
    channels: 'Channels',
    currencies: 'Currencies',
    customerGroups: 'Customer groups',
    countries: 'Countries',
    priority: 'Priority',
    combines: 'Goes with',
    group: 'Group',
    limits: 'Limits',
    uses: 'Orders',
    usesPerCustomer: 'Orders of a customer',
    budget: 'Budget',
    type: 'Kind',
    of: 'Of',
    atLeast: 'At least',
    atMost: 'At most',
    amounts: 'Amounts',
    percent: ['Percent', (percent) => `${percent} %`],
    buy: 'Bought',
    get: 'Discounted',
    quantity: 'Units',
    timesAtMost: 'Times at most',
    methods: 'Methods',
    skus: 'SKUs',
    categories: 'Categories',
    brands: 'Brands',
    attributes: 'Attributes',
    except: 'Except',
  };
}

export const NO_MONEY: MoneyDraft = { amount: '', currency: 'USD' };
export const NO_CONDITION: ConditionDraft = { type: 'subtotal', atLeast: [NO_MONEY], units: '', of: NO_SELECTOR };
export const NO_EFFECT: EffectDraft = {
  type: 'percent-off',
  percent: '',
  of: { what: 'order', ...NO_SELECTOR },
  atMost: [],
  amounts: [NO_MONEY],
  buy: { quantity: '', of: NO_SELECTOR },
  get: { quantity: '1', percent: '100', of: NO_SELECTOR },
  timesAtMost: '',
  methods: '',
};

export const NO_PROMOTION: PromotionDraft = {
  name: '',
  description: '',
  trigger: 'automatic',
  from: '',
  to: '',
  when: [],
  then: [NO_EFFECT],
  channels: '',
  currencies: '',
  customerGroups: '',
  countries: '',
  priority: '0',
  combines: { how: 'all', groups: '' },
  group: '',
  limits: { uses: '', usesPerCustomer: '', budget: { amount: '', currency: '' } },
};

const money = (value: Money): MoneyDraft => ({ amount: majorUnits(value), currency: value.currency });
const text = (value: number | undefined): string => (value === undefined ? '' : String(value));

function conditionDraft(condition: Condition): ConditionDraft {
  const { type } = condition;
  if (type === 'subtotal') return { ...NO_CONDITION, type, atLeast: condition.atLeast.map(money) };
  if (type === 'first-order') return { ...NO_CONDITION, type };
  return { ...NO_CONDITION, type, units: String(condition.atLeast), of: selectorDraft(condition.of) };
}

function effectDraft(effect: Effect): EffectDraft {
  switch (effect.type) {
    case 'percent-off': {
      const { type, percent, of, atMost = [] } = effect;
      return { ...NO_EFFECT, type, percent, of: targetDraft(of), atMost: atMost.map(money) };
    }
    case 'amount-off':
    case 'fixed-price':
      return { ...NO_EFFECT, type: effect.type, amounts: effect.amounts.map(money), of: targetDraft(effect.of) };
    case 'buy-get': {
      const { type, buy, get, timesAtMost } = effect;
      return {
        ...NO_EFFECT,
        type,
        buy: { quantity: String(buy.quantity), of: selectorDraft(buy.of) },
        get: { quantity: String(get.quantity), percent: get.percent, of: selectorDraft(get.of) },
        timesAtMost: text(timesAtMost),
      };
    }
    case 'free-shipping':
      return { ...NO_EFFECT, type: effect.type, methods: (effect.methods ?? []).join(', ') };
  }
}

const targetDraft = (of: 'order' | 'shipping' | Schema<'PromotionSelector'>): TargetDraft =>
  typeof of === 'string' ? { what: of, ...NO_SELECTOR } : { what: 'lines', ...selectorDraft(of) };

const codes = (list: readonly string[] = []): string => list.join(', ');
const names = (list: readonly string[] = []): string => list.join('\n');

/** A promotion as it is typed, with its times by the clock of the shop. */
export function promotionDraft(terms: Terms, zone: string): PromotionDraft {
  const { combines = 'all', limits = {}, when = [] } = terms;
  const isOfGroups = typeof combines !== 'string';
  return {
    name: terms.name,
    description: terms.description ?? '',
    trigger: terms.trigger ?? 'automatic',
    from: terms.from === undefined ? '' : wallTime(terms.from, zone),
    to: terms.to === undefined ? '' : wallTime(terms.to, zone),
    when: when.map(conditionDraft),
    then: terms.then.map(effectDraft),
    channels: codes(terms.channels),
    currencies: codes(terms.currencies),
    customerGroups: names(terms.customerGroups),
    countries: codes(terms.countries),
    priority: String(terms.priority ?? 0),
    combines: isOfGroups ? { how: 'groups', groups: names(combines) } : { how: combines, groups: '' },
    group: terms.group ?? '',
    limits: {
      uses: text(limits.uses),
      usesPerCustomer: text(limits.usesPerCustomer),
      budget: limits.budget === undefined ? { amount: '', currency: '' } : money(limits.budget),
    },
  };
}

const upper = (typed: string): string[] | undefined => someOf(codesIn(typed).map((code) => code.toUpperCase()));

class PromotionReader extends TimedReader {
  condition({ type, atLeast, units, of }: ConditionDraft, path: string): Condition {
    if (type === 'subtotal') return { type, atLeast: this.monies(`${path}.atLeast`, atLeast, 0) as Money[] };
    if (type === 'first-order') return { type };
    const selected = readSelector(this, `${path}.of`, of);
    return { type: 'quantity', atLeast: this.units(`${path}.atLeast`, units), ...filled({ of: selected }) };
  }

  effect(draft: EffectDraft, path: string): Effect {
    const { type, amounts } = draft;
    if (type === 'buy-get') return this.buyGet(draft, path);
    if (type === 'free-shipping') return { type, ...filled({ methods: someOf(codesIn(draft.methods)) }) };
    const of = this.target(draft.of, `${path}.of`);
    if (type === 'amount-off') return { type, amounts: this.monies(`${path}.amounts`, amounts) as Money[], of };
    if (type === 'fixed-price') {
      const lines = typeof of === 'string' ? {} : of;
      return { type, amounts: this.monies(`${path}.amounts`, amounts, 0) as Money[], of: lines };
    }
    const atMost = this.monies(`${path}.atMost`, draft.atMost) as Money[];
    return { type: 'percent-off', percent: percentIn(draft.percent), of, ...(atMost.length > 0 && { atMost }) };
  }

  limits({ uses, usesPerCustomer, budget }: PromotionDraft['limits']) {
    const isBudget = `${budget.amount}${budget.currency}`.trim() !== '';
    return filled({
      uses: this.whole('limits.uses', uses),
      usesPerCustomer: this.whole('limits.usesPerCustomer', usesPerCustomer),
      budget: isBudget ? (this.money('limits.budget', budget) as Money) : undefined,
    });
  }

  /** Left empty it is none, which the engine refuses at the path of it. */
  private units(path: string, typed: string): number {
    return this.whole(path, typed) ?? 0;
  }

  private buyGet({ buy, get, timesAtMost }: EffectDraft, path: string): Effect {
    return {
      type: 'buy-get',
      buy: {
        quantity: this.units(`${path}.buy.quantity`, buy.quantity),
        ...filled({ of: readSelector(this, `${path}.buy.of`, buy.of) }),
      },
      get: {
        quantity: this.units(`${path}.get.quantity`, get.quantity),
        percent: percentIn(get.percent),
        ...filled({ of: readSelector(this, `${path}.get.of`, get.of) }),
      },
      ...filled({ timesAtMost: this.whole(`${path}.timesAtMost`, timesAtMost) }),
    };
  }

  private target({ what, ...selector }: TargetDraft, path: string): 'order' | 'shipping' | Schema<'PromotionSelector'> {
    if (what === 'order' || what === 'shipping') return what;
    return readSelector(this, path, selector) ?? {};
  }
}

const percentIn = (typed: string): string => typed.trim().replace(',', '.');

/** Reads what was typed; times are those of the shop's clock. */
export function readPromotion(draft: PromotionDraft, zone: string): Reading<Terms> {
  const reader = new PromotionReader(zone);
  const { combines } = draft;
  const limits = reader.limits(draft.limits);
  return reader.reading({
    name: draft.name.trim(),
    ...filled({ description: someText(draft.description) }),
    trigger: draft.trigger === 'coupon' ? 'coupon' : 'automatic',
    ...filled({ from: reader.time('from', draft.from), to: reader.time('to', draft.to) }),
    when: draft.when.map((condition, index) => reader.condition(condition, `when.${index}`)),
    then: draft.then.map((effect, index) => reader.effect(effect, `then.${index}`)),
    ...filled({
      channels: someOf(codesIn(draft.channels)),
      currencies: upper(draft.currencies),
      customerGroups: someOf(linesIn(draft.customerGroups)),
      countries: upper(draft.countries),
    }),
    priority: reader.whole('priority', draft.priority) ?? 0,
    combines: combines.how === 'groups' ? [...linesIn(combines.groups)] : combines.how === 'none' ? 'none' : 'all',
    ...filled({ group: someText(draft.group) }),
    ...(Object.keys(limits).length > 0 && { limits }),
  });
}
