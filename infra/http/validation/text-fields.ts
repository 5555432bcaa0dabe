import { asciiDomain } from '../../shared/email-address.js';
import { isRecord } from './record.js';
import { field } from './field.js';

export interface TextOptions {
  /** Most characters (UTF-16 units). */
  readonly max?: number;
  /** Line breaks and tabs are fine. */
  readonly lines?: boolean;
  /** May be empty or blank. */
  readonly blank?: boolean;
}

// Control characters and lone surrogates: no text that a person writes has them, and stores treat them each in its own way.
const NOT_TEXT = /[\p{Cc}\p{Cs}]/u;
/** Blanks and characters that only format, such as U+200B, show nothing. */
const VISIBLE = /[^\s\p{Cf}]/u;
const LINE_ENDS = /[\t\n\r]/g;
const SKU = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;
/** Last words of read routes, `/v1/products/suggest` and `/v1/inventory/live`: nobody could read these SKUs. */
const RESERVED_SKUS: ReadonlySet<string> = new Set(['suggest', 'live']);
const LOCAL_PART = /^[^\s@<>()[\],;:"\\\p{Cc}\p{Cs}]{1,64}$/u;
export const MAX_EMAIL = 254;
const DEFAULT_MAX = 200;
const MAX_ENTRIES = 50;
const MAX_NAME = 100;

export function isText(
  value: unknown,
  { max = DEFAULT_MAX, lines = false, blank = false }: TextOptions = {},
): value is string {
  if (typeof value !== 'string' || value.length > max) return false;
  if (NOT_TEXT.test(lines ? value.replace(LINE_ENDS, '') : value)) return false;
  return blank || VISIBLE.test(value);
}

export const isSku = (value: unknown): value is string => typeof value === 'string' && SKU.test(value);

export const isReservedSku = (sku: string): boolean => RESERVED_SKUS.has(sku);
export const RESERVED_SKU = `must be none of the reserved words ${[...RESERVED_SKUS].join(' and ')}`;

/** RFC 6531, in any script; the domain is one that the domain name system can have (IDNA 2008). */
function isEmail(value: unknown): boolean {
  if (typeof value !== 'string' || value.length > MAX_EMAIL) return false;
  const at = value.lastIndexOf('@');
  return LOCAL_PART.test(value.slice(0, Math.max(0, at))) && asciiDomain(value.slice(at + 1)) !== null;
}

/** How a schema says that a text is not blank. */
export const NOT_BLANK = { minLength: 1, pattern: '\\S' };

/** What a schema says of such a text. */
const textSchema = ({ max = DEFAULT_MAX, blank = false }: TextOptions) => ({
  type: 'string' as const,
  maxLength: max,
  ...(blank ? {} : NOT_BLANK),
});

const textRule = (options: TextOptions, optional: boolean) => ({
  name: 'isText',
  schema: textSchema(options),
  test: (value: unknown) => isText(value, options),
  message: `must be text of at most ${options.max ?? DEFAULT_MAX} characters${options.blank ? '' : ', not blank'}`,
  optional,
});

/** Text for people: not blank, no control characters, at most 200 characters unless told. */
export const Text = (options: TextOptions = {}): PropertyDecorator => field(textRule(options, false));

export const OptionalText = (options: TextOptions = {}): PropertyDecorator => field(textRule(options, true));

/** Text that null takes away; absent leaves it as it is. */
export const RemovableText = (options: TextOptions = {}): PropertyDecorator => {
  const rule = textRule(options, true);
  return field({ ...rule, schema: { ...rule.schema, nullable: true } });
};

/** One of a few words. */
export const ChoiceField = (
  choices: readonly string[],
  { optional = false }: { readonly optional?: boolean } = {},
): PropertyDecorator =>
  field({
    name: 'isChoice',
    schema: { type: 'string', enum: [...choices] },
    test: (value) => typeof value === 'string' && choices.includes(value),
    message: `must be one of ${choices.join(', ')}`,
    optional,
  });

/** A stock keeping unit as it is given to a new product. */
export const SkuField = (): PropertyDecorator =>
  field({
    name: 'isSku',
    schema: { type: 'string', pattern: SKU.source },
    test: (value) => isSku(value) && !isReservedSku(value),
    message:
      'must be 1 to 64 letters, digits, dots, dashes or underscores, and begin with a letter or digit; ' + RESERVED_SKU,
  });

/** What people name a thing by in addresses: letters, digits, dots, dashes and underscores. */
export const CodeField = ({ optional = false }: { readonly optional?: boolean } = {}): PropertyDecorator =>
  field({
    name: 'isCode',
    schema: { type: 'string', pattern: SKU.source },
    test: isSku,
    message: 'must be 1 to 64 letters, digits, dots, dashes or underscores, and begin with a letter or digit',
    optional,
  });

export const EmailField = (): PropertyDecorator =>
  field({
    name: 'isEmailAddress',
    schema: { type: 'string', format: 'email', maxLength: MAX_EMAIL },
    test: isEmail,
    message: 'must be an e-mail address: name@domain',
  });

export interface TextListOptions extends TextOptions {
  readonly optional?: boolean;
  /** How many texts there may be; 50 unless told. */
  readonly most?: number;
}

const textListRule = ({ optional = false, most = MAX_ENTRIES, ...options }: TextListOptions) => ({
  name: 'isTextList',
  schema: { type: 'array' as const, items: textSchema(options), maxItems: most },
  test: (value: unknown) =>
    Array.isArray(value) && value.length <= most && value.every((one: unknown) => isText(one, options)),
  message: `must be a list of at most ${most} texts`,
  optional,
});

/** A list of texts. */
export const TextList = (options: TextListOptions = {}): PropertyDecorator => field(textListRule(options));

/** A list of texts that null takes away; absent leaves it as it is. */
export const RemovableTextList = (options: Omit<TextListOptions, 'optional'> = {}): PropertyDecorator => {
  const rule = textListRule({ ...options, optional: true });
  return field({ ...rule, schema: { ...rule.schema, nullable: true } });
};

const textMapSchema = (options: TextOptions) => ({
  type: 'object' as const,
  additionalProperties: textSchema(options),
  maxProperties: MAX_ENTRIES,
  propertyNames: textSchema({ max: MAX_NAME }),
});

/** An object of texts by name, at most 50. */
export const OptionalTextMap = (options: TextOptions = {}): PropertyDecorator =>
  field({
    name: 'isTextMap',
    schema: textMapSchema(options),
    test: (value) => isRecord(value) && isTextMap(value, options),
    message: `must be an object of at most ${MAX_ENTRIES} texts by name`,
    optional: true,
  });

function isTextMap(value: Readonly<Record<string, unknown>>, options: TextOptions): boolean {
  const entries = Object.entries(value);
  return (
    entries.length <= MAX_ENTRIES &&
    entries.every(([name, one]) => isText(name, { max: MAX_NAME }) && isText(one, options))
  );
}
