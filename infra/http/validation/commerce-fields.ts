import { countryCodes, currencyCodes, isCountry, isCurrency } from '../../../domain/shared/index.js';
import type { Address, Money } from '../../../domain/shared/index.js';
import { ApiSchema } from '@nestjs/swagger';
import { Described } from '../openapi/described.js';
import { hasPostalCodes } from './countries.js';
import { field } from './field.js';
import { Nested } from './nested-fields.js';
import type { NestedOptions } from './nested-fields.js';
import { IntegerField } from './number-fields.js';
import { isText, OptionalText, Text } from './text-fields.js';

/** The largest amount of money, minor units of any currency: what can be counted exactly. */
export const MAX_AMOUNT = Number.MAX_SAFE_INTEGER;

export const CurrencyCode = ({ optional = false }: NestedOptions = {}): PropertyDecorator =>
  field({
    name: 'isCurrencyCode',
    schema: { enum: [...currencyCodes], enumName: 'CurrencyCode', description: 'ISO 4217', example: 'USD' },
    test: (value) => typeof value === 'string' && isCurrency(value),
    message: 'must be an ISO 4217 currency code',
    optional,
  });

export const CountryCode = ({ optional = false }: NestedOptions = {}): PropertyDecorator =>
  field({
    name: 'isCountryCode',
    schema: {
      enum: [...countryCodes],
      enumName: 'CountryCode',
      description: 'ISO 3166-1 alpha-2, and `XK`',
      example: 'US',
    },
    test: isCountry,
    message: 'must be an ISO 3166-1 alpha-2 country code',
    optional,
  });

@ApiSchema({ name: 'Money', description: 'An amount of money.' })
export class MoneyBody implements Money {
  @Described('Minor units of the currency: cents of USD, yen of JPY.', 299)
  @IntegerField({ min: 0, max: MAX_AMOUNT })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
}

@ApiSchema({ name: 'RefundAmount', description: 'An amount of money to give back.' })
export class RefundAmountBody implements Money {
  @Described('Minor units of the currency, more than 0.', 299)
  @IntegerField({ min: 1, max: MAX_AMOUNT })
  readonly amount!: number;
  @CurrencyCode()
  readonly currency!: string;
}

const MAX_POSTAL_CODE = 32;

/** May be absent or blank where the address's country has no postal codes. */
const PostalCode = (): PropertyDecorator =>
  field({
    name: 'isPostalCode',
    schema: {
      type: 'string',
      maxLength: MAX_POSTAL_CODE,
      required: false,
      example: '10001',
      description: 'May be absent where the country has no postal codes, as in AE, HK or QA; required elsewhere.',
    },
    test: (value, address) => isPostalCode(value, (address as AddressBody | undefined)?.country),
    message: `must be text of at most ${MAX_POSTAL_CODE} characters, not blank where the country has postal codes`,
  });

function isPostalCode(value: unknown, country: unknown): boolean {
  const blank = !hasPostalCodes(country);
  return blank && (value === undefined || value === null) ? true : isText(value, { max: MAX_POSTAL_CODE, blank });
}

@ApiSchema({ name: 'Address', description: 'A postal address.' })
export class AddressBody {
  @Described('Who receives it.', 'Ada Lovelace')
  @Text()
  readonly name!: string;
  @Described('Street and number.', '12 Mill Street')
  @Text()
  readonly line1!: string;
  @Described('What else there is to say of the place.')
  @OptionalText({ blank: true })
  readonly line2?: string | null;
  @Described('Town.', 'New York')
  @Text()
  readonly city!: string;
  @Described('State or province, where the country has them; taxes may go by it.', 'NY')
  @OptionalText({ blank: true })
  readonly region?: string | null;
  @PostalCode()
  readonly postalCode?: string | null;
  @CountryCode()
  readonly country!: string;
}

/** `{amount, currency}` of a price or a total, 0 or more. */
export const MoneyField = (options: NestedOptions = {}): PropertyDecorator => Nested(() => MoneyBody, options);

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
    ...(isGiven(line2) ? { line2 } : {}),
    city,
    ...(isGiven(region) ? { region } : {}),
    ...(isGiven(postalCode) ? { postalCode } : {}),
    country,
  };
}

const isGiven = (text: string | null | undefined): text is string => typeof text === 'string' && /\S/.test(text);
