import { Money, someMoney } from '../shared/index.js';
import {
  choice,
  count,
  described,
  either,
  integer,
  listOf,
  named,
  nullable,
  object,
  optional,
  recursive,
  text,
  textsByName,
  time,
  variants,
} from '../shared/schema.js';
import type { NamedSchema, Of, Schema } from '../shared/schema.js';
import type { Selector } from '../pricing/index.js';
import type { KnownPromotion } from './state.js';

const isText = (value: unknown): value is string => typeof value === 'string';

const SELECTOR = 'PromotionSelector';
const PromotionSelector: NamedSchema<Selector> = named(
  SELECTOR,
  object(
    {
      skus: optional(listOf(text(), 'Any of them.', ['1000237'])),
      categories: optional(listOf(text(), 'Any of them.', ['Produce'])),
      brands: optional(listOf(text(), 'Any of them.', ['Greenfield'])),
      attributes: optional(textsByName('All of them.', { organic: 'yes' })),
      except: optional(recursive<Selector>(SELECTOR, 'Lines that it does not take in.')),
    },
    'Lines of a cart: every member that is there holds. Without members it is every line.',
  ),
);
const selector = (description: string): Schema<Selector> => described(PromotionSelector, description);

const moneyByCurrency = (description: string, cents: number): Schema<readonly Money[]> =>
  listOf(Money, `${description} One a currency.`, [{ amount: cents, currency: 'USD' }]);

const lines = optional(selector('Every line where it is absent.'));

const PromotionCondition = variants(
  'type',
  {
    subtotal: object({
      type: choice(['subtotal'], 'What the lines come to before discounts.'),
      atLeast: moneyByCurrency('The least subtotal.', 5000),
    }),
    quantity: object({
      type: choice(['quantity'], 'Units of lines.'),
      atLeast: count('The least number of units.', 3),
      of: lines,
    }),
    'first-order': object({ type: choice(['first-order'], 'Nothing was bought by the account before.') }),
  },
  'What has to hold.',
);

const percent = text('A decimal, above 0 and at most 100.', '12.5');
const target = either(choice(['order', 'shipping']), PromotionSelector, {
  isOne: isText,
  description: 'What is lowered: the whole order, its shipping, or lines.',
});

const PromotionEffect = variants(
  'type',
  {
    'percent-off': object({
      type: choice(['percent-off'], 'Lowers by a percentage.'),
      percent,
      of: target,
      atMost: optional(moneyByCurrency('The most that it takes off.', 2000)),
    }),
    'amount-off': object({
      type: choice(['amount-off'], 'Lowers by an amount, never below zero.'),
      amounts: moneyByCurrency('What it takes off.', 500),
      of: target,
    }),
    'buy-get': object({
      type: choice(['buy-get'], 'Lowers some units for others that are bought.'),
      buy: object({ quantity: count('Units to buy.', 2), of: lines }),
      get: object({ quantity: count('Units that are lowered, the cheapest first.', 1), of: lines, percent }),
      timesAtMost: optional(count('The most times in an order; as often as it goes where it is absent.', 1)),
    }),
    'fixed-price': object({
      type: choice(['fixed-price'], 'Sets what a unit costs at most.'),
      amounts: moneyByCurrency('What a unit costs.', 999),
      of: selector('The lines.'),
    }),
    'free-shipping': object({
      type: choice(['free-shipping'], 'Takes off what shipping costs.'),
      methods: optional(listOf(text(), 'Ids of shipping methods; all where it is absent.', ['standard'])),
    }),
  },
  'What is taken off.',
);

const codes = (description: string, code: string) => optional(listOf(text(), description, [code]));

/** What a promotion does, for whom and when, as admins say it. */
const PromotionFields = {
  name: text('For people.', 'Summer sale'),
  description: optional(text('For people.', 'A tenth off everything in July.')),
  priority: integer('The higher, the earlier it takes off; equal ones go by their ids.', 10),
  combines: either(choice(['all', 'none']), listOf(text(), undefined, ['seasonal']), {
    isOne: isText,
    description: 'With which others it is given: all, none, or those of the groups.',
  }),
  group: optional(text('What others name it by in `combines`.', 'seasonal')),
  from: optional(time('In force from then on.', '2026-07-01T00:00:00.000Z')),
  to: optional(time('Ended from then on.', '2026-08-01T00:00:00.000Z')),
  channels: codes('Codes of channels; all where it is absent.', 'default'),
  currencies: codes('ISO 4217; all where it is absent.', 'USD'),
  customerGroups: codes('Of the buyer, any of them; all buyers where it is absent.', 'club'),
  countries: codes('ISO 3166-1 alpha-2, or `XK`, of the destination; all where it is absent.', 'US'),
  trigger: choice(['automatic', 'coupon'], 'Whether it is given by itself or for a coupon.', 'automatic'),
  when: listOf(PromotionCondition, 'Conditions, which all have to hold.'),
  then: listOf(PromotionEffect, 'Effects, in the order in which they take off.'),
};

const limits = object(
  {
    uses: optional(count('Most orders.', 1000)),
    usesPerCustomer: optional(
      count('Most orders of one account, or else of one e-mail address; 1 for a `first-order`.', 1),
    ),
    budget: optional(someMoney('The most that is taken off in all orders together.', 100_000)),
  },
  'How often it is given, without a limit where none is named.',
);

const { name, then: effects, ...usual } = PromotionFields;
const withLimits = { ...usual, limits };

const fieldsBy = (
  fields: Readonly<Record<string, Schema<unknown>>>,
  make: (field: Schema<unknown>) => Schema<unknown>,
) => Object.fromEntries(Object.entries(fields).map(([member, field]) => [member, make(field)]));

/** A promotion as an admin sends it. */
export const NewPromotion = named(
  'NewPromotion',
  object(
    { name, then: effects, ...fieldsBy(withLimits, optional) },
    'Left out, the priority is 0, `combines` is `all`, the trigger `automatic`, and no condition has to hold.',
  ),
);

/** The members of a promotion that an admin changes. */
export const PromotionChanges = named(
  'PromotionChanges',
  object(
    {
      name: optional(name),
      then: optional(effects),
      ...fieldsBy(withLimits, (field) => optional(nullable(field, String(field.json['description'])))),
    },
    'Null takes a member away, which is then as if it had been left out. Lists and limits are replaced as a whole.',
  ),
);

export const PROMOTION_STATUSES = ['draft', 'active', 'paused', 'ended'] as const;

/** A promotion as writes answer it. */
export const Promotion = named(
  'Promotion',
  object(
    {
      promotionId: text('Identifies the promotion.', 'b3b9c9a0-2f4e-8d53-9a61-5f6f0f8a7c11'),
      ...PromotionFields,
      status: choice(
        PROMOTION_STATUSES,
        'Buyers get an active one within its window; one that has ended stays so.',
        'active',
      ),
      limits,
      version: count('How often it has changed, also its ETag.', 1),
    },
    'A promotion.',
  ),
);
export type Promotion = Of<typeof Promotion>;

export function promotionView({ promotionId, status, details }: KnownPromotion, revision: number): Promotion {
  const { limits: limited = {}, ...others } = details;
  return { promotionId, ...others, status, limits: limited, version: revision };
}
