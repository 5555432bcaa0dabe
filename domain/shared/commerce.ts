import { Discount } from './discounts.js';
import { someMoney } from './money.js';
import type { Money } from './money.js';
import { choice, count, described, flag, integer, listOf, named, object, optional, text } from './schema.js';
import type { Of } from './schema.js';

// What several contexts record and show, each shape said once: its type, its documentation and what is told of it outside.

/** `country` is ISO 3166-1 alpha-2 or `XK`. */
export const Address = named(
  'Address',
  object(
    {
      name: text('Who receives it.', 'Ada Lovelace'),
      line1: text('Street and number.', '12 Mill Street'),
      line2: optional(text('What else there is to say of the place.')),
      city: text('Town.', 'New York'),
      region: optional(text('State or province, where the country has them; taxes may go by it.', 'NY')),
      postalCode: optional(
        text('May be absent where the country has no postal codes, as in AE, HK or QA; required elsewhere.', '10001'),
      ),
      country: text('ISO 3166-1 alpha-2, and `XK`', 'US'),
    },
    'A postal address.',
  ),
);
export type Address = Of<typeof Address>;

/** ISO 3166-1 alpha-2: the officially assigned codes, and Kosovo's, which posts, banks and the EU go by. */
const CODES =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR ' +
  'GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO ' +
  'JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR ' +
  'MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO ' +
  'RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV ' +
  'TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK YE YT ZA ZM ZW';

const COUNTRIES: ReadonlySet<string> = new Set(CODES.split(' '));

export const countryCodes: readonly string[] = [...COUNTRIES];

export const isCountry = (value: unknown): value is string => typeof value === 'string' && COUNTRIES.has(value);

export const sku = text('SKU of the product.', '1000237');

export const SkuQuantity = named(
  'SkuQuantity',
  object({ sku, quantity: integer('Units.', 2, { minimum: 1 }) }, 'Units of a SKU.'),
);
export type SkuQuantity = Of<typeof SkuQuantity>;

export const ShortLine = named(
  'ShortLine',
  object(
    {
      sku: text('SKU of the line.', '1000237'),
      requested: integer('Units that were asked for.', 600, { minimum: 1 }),
      available: count('Units that there were for this order.', 502),
    },
    'A line that there was too little stock for.',
  ),
);
export type ShortLine = Of<typeof ShortLine>;

/** The tax class of what names none, and of shipping. */
export const STANDARD_TAX_CLASS = 'standard';

/** Says nothing about a person: it stays also once the person is forgotten. */
export const TaxDestination = named(
  'OrderDestination',
  object(
    {
      country: text('ISO 3166-1 alpha-2, or `XK`.', 'US'),
      region: optional(
        text('Code of a subdivision (ISO 3166-2) without the country, where the address named one.', 'IL'),
      ),
    },
    'Where an order goes, as far as tax is owed by it.',
  ),
);
export type TaxDestination = Of<typeof TaxDestination>;

export const AppliedTax = named(
  'AppliedTax',
  object(
    {
      name: text('For people.', 'VAT'),
      rate: text('Decimal fraction, such as `0.19`.', '0.19'),
      included: flag('Contained in the price, not added on top.', true),
      base: someMoney('What it is taken of, without any tax.', 503),
      amount: someMoney('The tax.', 95),
    },
    'A rate of tax and what it came to.',
  ),
);
export type AppliedTax = Of<typeof AppliedTax>;

/** Price − discount = net + included taxes; net + all taxes = gross. */
const TaxedPrice = object({
  discounts: listOf(Discount, 'What was taken off, by promotion.'),
  discount: someMoney('Their sum.', 0),
  taxes: listOf(AppliedTax, 'By rate; none while nobody has said where it goes.'),
  net: someMoney('After discounts, without any tax.', 503),
  gross: someMoney('After discounts, with all taxes: what is paid.', 598),
});
export type TaxedPrice = Of<typeof TaxedPrice>;

const OptionValue = named(
  'OptionValue',
  object(
    { code: text('Tells it from the others of its option.', 'blue'), name: text('For people.', 'Blue') },
    'A value of an option.',
  ),
);

export const ChosenOption = named(
  'ChosenOption',
  object(
    {
      code: text('Tells it from the others of its product.', 'colour'),
      name: text('For people.', 'Colour'),
      value: described(OptionValue, 'Its value.'),
    },
    'The value that a variant has of an option of its product.',
  ),
);
export type ChosenOption = Of<typeof ChosenOption>;

/** The shares of all parts sum to the line. */
export const LineComponent = named(
  'LineComponent',
  object(
    {
      sku: text('SKU of the part.', '1000238'),
      quantity: integer('In all units of the line.', 4, { minimum: 1 }),
      amount: someMoney('Its share of the line.'),
    },
    'A part of the units of a kit.',
  ),
);
export type LineComponent = Of<typeof LineComponent>;

/** What is sold, where it is no goods that are shipped. */
const SOLD_KINDS = ['digital', 'gift-card'] as const;
/** What may be sold. */
export type ProductKind = 'physical' | (typeof SOLD_KINDS)[number];
export const soldKind = optional(
  choice(SOLD_KINDS, 'What is sold, where it is no goods that are shipped.', 'gift-card'),
);

/** `lineTotal` is before discount and tax. */
export const LineItem = named(
  'LineItem',
  object(
    {
      ...TaxedPrice.fields,
      lineId: text('Id of the line within its cart and order.', '1'),
      sku,
      name: text('Name of the product when the line was made.', 'Salad blend, 10 oz'),
      options: optional(listOf(ChosenOption, 'What tells the variant from others; absent where there is but one.')),
      quantity: integer('Units.', 2, { minimum: 1 }),
      unitPrice: someMoney('Price of one unit.'),
      lineTotal: someMoney('unitPrice × quantity.', 598),
      taxClass: text('By which it is taxed.', 'standard'),
      kind: soldKind,
      components: optional(listOf(LineComponent, 'What the units of a kit are made up of, in an order.')),
    },
    'A line of a cart or order, at the price that was frozen on it.',
  ),
);
export type LineItem = Of<typeof LineItem>;

/** A gift card that is sold is neither shipped nor stocked: it is issued once it is paid. */
export const isGiftCard = ({ kind }: { readonly kind?: string }): boolean => kind === 'gift-card';

/** Most gift cards in a cart: each of them is issued by itself, and all are recorded with the order. */
export const MOST_GIFT_CARDS = 500;

/** What an order takes of a gift card; never its code. */
export interface GiftCardShare {
  readonly giftCardId: string;
  readonly amount: Money;
}

/** A line as it was sold; nothing of it is ever worked out again. */
export const PricedLine = object({
  ...LineItem.fields,
  priceIncludesTax: flag('Unit price, line total and discounts contain tax.'),
  categories: listOf(text(), 'From the widest to the narrowest; the last one is the category of reports.'),
});
export type PricedLine = Of<typeof PricedLine>;

/** Money with the tax in it. */
export const TaxedAmount = object({
  net: someMoney('After discounts, without any tax.', 503),
  tax: someMoney('Included and on top.', 95),
  gross: someMoney('After discounts, with all taxes.', 598),
});
export type TaxedAmount = Of<typeof TaxedAmount>;

export const LinePart = named(
  'ShipmentLine',
  object(
    { ...SkuQuantity.fields, lineId: text('Id of the line.', '1'), ...TaxedAmount.fields },
    'Units of a line, with what they bear of its amounts.',
  ),
);
export type LinePart = Of<typeof LinePart>;

/** What is given back of a line. */
export const RefundedLine = object({ lineId: text('Id of the line.', '1'), sku, ...TaxedAmount.fields });
export type RefundedLine = Of<typeof RefundedLine>;

/** Shipping as it was sold. */
export const PricedShipping = named(
  'ShippingCost',
  object(
    {
      ...TaxedPrice.fields,
      method: text('Id of the shipping method.', 'standard'),
      name: text('For people.', 'Standard'),
      price: someMoney('Before discount and tax.', 598),
      cheapest: someMoney('What the cheapest method on offer would have cost, with its tax.', 598),
    },
    'What shipping costs.',
  ),
);
export type PricedShipping = Of<typeof PricedShipping>;

/** The shipping price is before its own discounts. */
export const Totals = named(
  'Totals',
  object(
    {
      subtotal: someMoney('Sum of the lines.', 598),
      discount: someMoney('What is taken off lines and shipping.', 0),
      shipping: someMoney('What the way costs.', 0),
      tax: someMoney('Tax on top.', 0),
      taxIncluded: someMoney('Tax that the lines contain already.', 0),
      net: someMoney('What is left of the total without any tax.', 598),
      total: someMoney('What the buyer pays.', 598),
    },
    'total = subtotal − discount + shipping + tax = net + tax + taxIncluded; `taxIncluded` is contained in the lines and ' +
      'the shipping price.',
  ),
);
export type Totals = Of<typeof Totals>;
