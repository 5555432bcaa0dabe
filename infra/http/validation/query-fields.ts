import { countryCodes, currencyCodes, isCountry, isCurrency, isTimeZone } from '../../../domain/shared/index.js';
import { CURSOR, DEFAULT_LIMIT, MAX_CURSOR_LENGTH, MAX_LIMIT } from '../paging.js';
import { field } from './field.js';
import { ChoiceField, isText, MAX_EMAIL, NOT_BLANK } from './text-fields.js';
import type { TextOptions } from './text-fields.js';
import { DAY_PATTERN, isDay, isTimestamp, TIME_FORMAT, TIME_PATTERN } from './time-fields.js';

// Parameters of an address: texts, one a name (two of a name are refused). All are optional unless they say otherwise.

const INTEGER = /^-?\d{1,16}$/;

const numbered = (value: unknown): unknown =>
  typeof value === 'string' && INTEGER.test(value) ? Number(value) : value;
const flagged = (value: unknown): unknown => (value === 'true' ? true : value === 'false' ? false : value);

export interface QueryOptions {
  readonly required?: boolean;
}

/** Any text, also an empty one unless told. */
export const QueryText = ({
  required = false,
  blank = true,
  ...options
}: TextOptions & QueryOptions = {}): PropertyDecorator =>
  field({
    name: 'isQueryText',
    schema: { type: 'string', maxLength: options.max ?? 200, ...(blank ? {} : NOT_BLANK) },
    test: (value) => isText(value, { ...options, blank }),
    message: `must be text of at most ${options.max ?? 200} characters${blank ? '' : ', not blank'}`,
    optional: !required,
  });

/** What a list is narrowed to; an empty one is a mistake, as nothing has it. */
export const QueryFilter = (options: Pick<TextOptions, 'max'> = {}): PropertyDecorator =>
  QueryText({ ...options, blank: false });

/** An integer; the property is a number. */
export const QueryInteger = ({ min, max }: { readonly min: number; readonly max: number }): PropertyDecorator =>
  field({
    name: 'isQueryInteger',
    schema: { type: 'integer', minimum: min, maximum: max },
    test: (value) => Number.isSafeInteger(value) && Number(value) >= min && Number(value) <= max,
    message: `must be an integer from ${min} to ${max}`,
    optional: true,
    read: numbered,
  });

/** `true` or `false`; the property is a boolean. */
export const QueryFlag = (): PropertyDecorator =>
  field({
    name: 'isQueryFlag',
    schema: { type: 'boolean' },
    test: (value) => typeof value === 'boolean',
    message: 'must be true or false',
    optional: true,
    read: flagged,
  });

export const QueryChoice = (choices: readonly string[], { required = false }: QueryOptions = {}): PropertyDecorator =>
  ChoiceField(choices, { optional: !required });

export const QueryCurrency = (): PropertyDecorator =>
  field({
    name: 'isQueryCurrency',
    schema: { enum: [...currencyCodes], enumName: 'CurrencyCode' },
    test: (value) => typeof value === 'string' && isCurrency(value),
    message: 'must be an ISO 4217 currency code',
    optional: true,
  });

export const QueryCountry = (): PropertyDecorator =>
  field({
    name: 'isQueryCountry',
    schema: { enum: [...countryCodes], enumName: 'CountryCode' },
    test: isCountry,
    message: 'must be an ISO 3166-1 alpha-2 country code',
    optional: true,
  });

/** A day `YYYY-MM-DD`. */
export const QueryDay = (): PropertyDecorator =>
  field({
    name: 'isQueryDay',
    schema: { type: 'string', format: 'date' },
    test: isDay,
    message: 'must be a day such as 2026-01-31',
    optional: true,
  });

const MAX_TIME_ZONE = 100;

/** A name of the IANA database. */
export const QueryTimeZone = (): PropertyDecorator =>
  field({
    name: 'isQueryTimeZone',
    schema: { type: 'string', maxLength: MAX_TIME_ZONE, pattern: '^[A-Za-z][A-Za-z0-9_+/-]*$' },
    test: (value) => isText(value, { max: MAX_TIME_ZONE }) && isTimeZone(value),
    message: 'must be an IANA time zone such as Europe/Berlin',
    optional: true,
  });

/** A plus in an address is a blank unless it is percent-encoded; what holds no blank but has one was probably meant so. */
export const plusHint = (value: unknown): string =>
  typeof value === 'string' && value.includes(' ') ? '; a + in an address means a blank, so send it as %2B' : '';

/** An e-mail address that a list is narrowed to. */
export const QueryEmail = (): PropertyDecorator =>
  field({
    name: 'isQueryEmail',
    schema: { type: 'string', maxLength: MAX_EMAIL, ...NOT_BLANK },
    test: (value) => isText(value, { max: MAX_EMAIL }) && !/\s/.test(value.trimEnd()),
    message: (value) =>
      `must be an e-mail address without blanks, of at most ${MAX_EMAIL} characters${plusHint(value)}`,
    optional: true,
  });

/** A day or an RFC 3339 time. */
export const QueryMoment = (): PropertyDecorator =>
  field({
    name: 'isQueryMoment',
    schema: { type: 'string', pattern: `${DAY_PATTERN}|${TIME_PATTERN}` },
    test: (value) => isDay(value) || isTimestamp(value),
    message: (value) => `must be a day such as 2026-01-31 or ${TIME_FORMAT}${plusHint(value)}`,
    optional: true,
  });

/** An RFC 3339 time; a day alone is none. */
export const QueryTime = (): PropertyDecorator =>
  field({
    name: 'isQueryTime',
    schema: { type: 'string', pattern: TIME_PATTERN },
    test: isTimestamp,
    message: (value) => `must be ${TIME_FORMAT} (a day alone is not enough)${plusHint(value)}`,
    optional: true,
  });

/** How many items a page has, 1 to 100; give the property the default of `DEFAULT_LIMIT`. */
export const LimitParam = (): PropertyDecorator =>
  field({
    name: 'isLimit',
    schema: { type: 'integer', minimum: 1, maximum: MAX_LIMIT, default: DEFAULT_LIMIT },
    test: (value) => typeof value === 'number' && value >= 1 && value <= MAX_LIMIT,
    message: `must be an integer from 1 to ${MAX_LIMIT}`,
    optional: true,
    read: numbered,
  });

/** A cursor as the page before answered it; `readCursor` opens it. */
export const CursorParam = (): PropertyDecorator =>
  field({
    name: 'isCursorText',
    schema: { type: 'string', maxLength: MAX_CURSOR_LENGTH, pattern: CURSOR.source },
    test: (value) => typeof value === 'string' && value.length <= MAX_CURSOR_LENGTH,
    message: 'is malformed',
    optional: true,
  });
