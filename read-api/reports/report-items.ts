import { currencyCode } from '../../domain/shared/index.js';
import { count, described, integer, named, nullable, object, text, time } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { exactMoney } from '../shared/index.js';

const Sum = exactMoney('ReportSum');

/** What providers did with the money of one key in one currency. */
export const PaymentsItem = named(
  'PaymentsReportItem',
  object(
    {
      key: text('The day, week (ISO 8601), month, provider or channel.', '2026-03-01'),
      authorized: described(Sum, 'What providers held.'),
      captured: described(Sum, 'What they took.'),
      refunded: described(Sum, 'What they gave back.'),
      voided: described(Sum, 'What they let go without taking it.'),
    },
    'What providers did with the money of one key in one currency.',
  ),
);
export type PaymentsItem = Of<typeof PaymentsItem>;

/** What was paid back of one key in one currency. */
export const RefundsItem = named(
  'RefundsReportItem',
  object(
    {
      key: text('The day, week (ISO 8601), month, channel or provider; `gift-card` for gift cards.', '2026-03-01'),
      count: count('How often something was paid back: a refund to a provider and a gift card counts for each.', 1),
      amount: described(Sum, 'How much.'),
    },
    'What was paid back of one key in one currency.',
  ),
);
export type RefundsItem = Of<typeof RefundsItem>;

/** What orders of one key in one currency are taxed. */
export const TaxItem = named(
  'TaxReportItem',
  object(
    {
      key: text(
        'The day, week (ISO 8601), month, channel, country, tax zone (`none` where none applies) or rate.',
        '0.19',
      ),
      orders: count('Orders that were confirmed.', 1),
      net: described(Sum, 'Without tax and without gift cards; by rate, what the rate is taken of.'),
      tax: described(Sum, 'The tax, included in prices or on top of them.'),
    },
    'What orders of one key in one currency are taxed.',
  ),
);
export type TaxItem = Of<typeof TaxItem>;

const StepTime = named(
  'FunnelStepTime',
  object(
    {
      count: count('Carts that came to it.', 1),
      totalMs: integer('How long that took from the step before, in all, in milliseconds.', 86_400_000),
    },
    'How long carts took to a step.',
  ),
);

/** How far carts of one key in one currency came. */
export const FunnelItem = named(
  'FunnelReportItem',
  object(
    {
      key: text('The day, week (ISO 8601), month or channel of the opening.', '2026-03-01'),
      currency: currencyCode(),
      opened: count('Carts that were opened.', 4),
      withItems: count('Of these, those that something was put in.', 3),
      checkedOut: count('Of these, those that were checked out.', 2),
      paid: count('Of these, those whose order was confirmed, with its money held.', 1),
      shipped: count('Of these, those of which something was shipped.', 1),
      delivered: count('Of these, those of which something was delivered.', 1),
      times: object(
        {
          withItems: described(StepTime, 'From the opening to the first item.'),
          checkedOut: described(StepTime, 'From there to the first checkout.'),
          paid: described(StepTime, 'From there to the confirmation of the order.'),
          shipped: described(StepTime, 'From there to its first shipment.'),
          delivered: described(StepTime, 'From there to its first delivery.'),
        },
        'By step.',
      ),
    },
    'How far carts of one key in one currency came.',
  ),
);
export type FunnelItem = Of<typeof FunnelItem>;

/** How many carts of one key in one currency were left. */
export const AbandonmentItem = named(
  'AbandonmentReportItem',
  object(
    {
      key: text('The day, week (ISO 8601), month or channel of the opening.', '2026-03-01'),
      carts: count('Carts that were opened.', 4),
      abandoned: count('Of these, those that nobody came back to.', 1),
      value: described(Sum, 'What was in those, at its prices then.'),
    },
    'How many carts of one key in one currency were left.',
  ),
);
export type AbandonmentItem = Of<typeof AbandonmentItem>;

/** New and returning customers of one key in one currency. */
export const CustomersItem = named(
  'CustomersReportItem',
  object(
    {
      key: text(
        'The day, week (ISO 8601), month or channel of the order; the cohort is the month of the first one.',
        '2026-03',
      ),
      new: count('Customers whose first order was confirmed.', 1),
      returning: count('Orders that were confirmed of customers who had ordered before.', 1),
      orders: integer('All that were confirmed, less those that were cancelled.', 2),
      revenue: described(Sum, 'Lines after discounts, without tax and shipping, less what was cancelled.'),
    },
    'New and returning customers of one key in one currency.',
  ),
);
export type CustomersItem = Of<typeof CustomersItem>;

/** How long SKUs of one key could not be sold. */
export const StockOutsItem = named(
  'StockOutsReportItem',
  object(
    {
      key: text('The SKU, or the day, week (ISO 8601) or month.', '1000237'),
      times: count('How often it went out of stock.', 1),
      secondsOut: count('How long it was, in all SKUs of the key, in seconds; up to now where it still is.', 3_600),
      outSince: nullable(time(), 'Since when it still is; null where it is not.', null),
      asked: object(
        {
          orders: count('Orders that were refused as there was nothing of it.', 2),
          units: count('Units that they asked for.', 3),
        },
        'What was asked for meanwhile.',
      ),
    },
    'How long SKUs of one key could not be sold, and what was asked for meanwhile.',
  ),
);
export type StockOutsItem = Of<typeof StockOutsItem>;
