import { isCurrency } from '../../../domain/shared/index.js';
import type { Address, Money } from '../../../domain/shared/index.js';
import { isCountry } from './countries.js';
import { field } from './field.js';
import { Nested } from './nested-fields.js';
import type { NestedOptions } from './nested-fields.js';
import { IntegerField } from './number-fields.js';
import { OptionalText, Text } from './text-fields.js';

/** The largest amount of a price, minor units. Sums of prices may be as large as can be counted exactly. */
export const MAX_AMOUNT = 10_000_000_000;

export const CurrencyCode = (): PropertyDecorator =>
  field({
    name: 'isCurrencyCode',
    schema: { type: 'string', pattern: '^[A-Z]{3}$', description: 'ISO 4217' },
    test: (value) => typeof value === 'string' && isCurrency(value),
    message: 'must be an ISO 4217 currency code',
  });

export const CountryCode = (): PropertyDecorator =>
  field({
    name: 'isCountryCode',
    schema: { type: 'string', pattern: '^[A-Z]{2}$', description: 'ISO 3166-1 alpha-2' },
    test: isCountry,
    message: 'must be an ISO 3166-1 alpha-2 country code',
  });

export class MoneyBody implements Money {
  @IntegerField({ min: 0, max: MAX_AMOUNT })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
}

export class TotalBody implements Money {
  @IntegerField({ min: 0, max: Number.MAX_SAFE_INTEGER })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
}

export class RefundAmountBody implements Money {
  @IntegerField({ min: 1, max: Number.MAX_SAFE_INTEGER })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
}

export class AddressBody {
  @Text()
  readonly name!: string;
  @Text()
  readonly line1!: string;
  @OptionalText({ blank: true })
  readonly line2?: string | null;
  @Text()
  readonly city!: string;
  @OptionalText({ blank: true })
  readonly region?: string | null;
  @Text({ max: 32 })
  readonly postalCode!: string;
  @CountryCode()
  readonly country!: string;
}

/** `{amount, currency}` of a price, 0 or more. */
export const MoneyField = (options: NestedOptions = {}): PropertyDecorator => Nested(() => MoneyBody, options);

/** `{amount, currency}` of an order, 0 or more. */
export const TotalField = (options: NestedOptions = {}): PropertyDecorator => Nested(() => TotalBody, options);

/** `{amount, currency}` to give back, more than 0. */
export const RefundAmountField = (options: NestedOptions = {}): PropertyDecorator =>
  Nested(() => RefundAmountBody, options);

export const AddressField = (options: NestedOptions = {}): PropertyDecorator => Nested(() => AddressBody, options);

export const moneyOf = ({ amount, currency }: Money): Money => ({ amount, currency });

/** The address as the domain has it: what is null or blank is left out. */
export function addressOf({ name, line1, line2, city, region, postalCode, country }: AddressBody): Address {
  return {
    name,
    line1,
    ...(line2 ? { line2 } : {}),
    city,
    ...(region ? { region } : {}),
    postalCode,
    country,
  };
}
