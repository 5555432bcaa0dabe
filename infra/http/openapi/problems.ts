import { STATUS_CODES } from 'node:http';
import { ERROR_CATALOGUE } from '../error-catalogue.js';
import type { ErrorCode } from '../error-catalogue.js';

const PROBLEM_REF = '#/components/schemas/Problem';
const CODE_PATTERN = '^[A-Z][A-Z0-9_]*(\\.[A-Z][A-Z0-9_]*)+$';

/** Any code of the catalogue. A client has to take codes that it does not know yet, so this is no closed list. */
export const codeRule = { pattern: CODE_PATTERN, 'x-extensible-enum': Object.keys(ERROR_CATALOGUE) };

const text = (description: string, example: string): object => ({ type: 'string', description, examples: [example] });

const fieldErrorSchema = {
  type: 'object',
  description: 'What is wrong with one field, header or parameter.',
  required: ['path', 'message'],
  properties: {
    path: text('Dotted path in the body, or the name of the parameter or header.', 'shippingAddress.country'),
    message: text('What it must be; ends a sentence that begins with the path.', 'must be a country code'),
  },
};

const priceChangeSchema = {
  type: 'object',
  description: 'A price that moved since the line was added.',
  required: ['sku', 'was', 'now'],
  properties: {
    sku: text('SKU of the line.', '1000237'),
    was: { $ref: '#/components/schemas/Money', description: 'Price that is frozen on the line.' },
    now: { $ref: '#/components/schemas/Money', description: 'Price of today.' },
  },
};

const problemSchema = {
  type: 'object',
  description: 'An RFC 9457 problem document. `code` says what happened and stays as it is; texts may change.',
  required: ['type', 'title', 'status', 'detail', 'instance', 'code'],
  properties: {
    type: text('A URN with the code.', 'urn:cartwright:problem:REQUEST.INVALID'),
    title: text('What the code means; the same for every answer with it.', ERROR_CATALOGUE['REQUEST.INVALID'].title),
    status: { type: 'integer', description: 'The HTTP status.', minimum: 400, maximum: 599, examples: [400] },
    detail: text('What happened this time, for people.', 'currency must be an ISO 4217 currency code'),
    instance: text('The request: its id is the correlation id of the log.', 'urn:cartwright:request:0b6c8b4e'),
    code: { ...text('Stable code; every one is listed in docs/api.md.', 'REQUEST.INVALID'), ...codeRule },
    errors: {
      type: 'array',
      description: 'With `REQUEST.INVALID`: what was wrong, field by field.',
      items: { $ref: '#/components/schemas/FieldError' },
    },
    changes: {
      type: 'array',
      description: 'With `CART.PRICE_CHANGED`: the prices that moved.',
      items: { $ref: '#/components/schemas/PriceChange' },
    },
    readModel: text('With `READ_MODEL.*`: the read model that is behind.', 'orders'),
    lag: {
      type: ['integer', 'null'],
      description: 'With `READ_MODEL.BEHIND`: how far it is behind the log; null where that is not known.',
      minimum: 0,
      examples: [3],
    },
  },
};

export const problemSchemas = {
  Problem: problemSchema,
  FieldError: fieldErrorSchema,
  PriceChange: priceChangeSchema,
};

const usd = (amount: number) => ({ amount, currency: 'USD' });

/** Members that some codes have besides the standard ones. */
const EXTRA: Partial<Record<ErrorCode, object>> = {
  'REQUEST.INVALID': { errors: [{ path: 'currency', message: 'must be an ISO 4217 currency code' }] },
  'CART.PRICE_CHANGED': { changes: [{ sku: '1000237', was: usd(299), now: usd(319) }] },
  'READ_MODEL.BEHIND': { readModel: 'orders', lag: 3 },
  'READ_MODEL.PARKED': { readModel: 'orders' },
};

const problemExample = (code: ErrorCode): object => {
  const { status, title } = ERROR_CATALOGUE[code];
  return {
    type: `urn:cartwright:problem:${code}`,
    title,
    status,
    detail: code === 'REQUEST.INVALID' ? 'currency must be an ISO 4217 currency code' : `${title}.`,
    instance: 'urn:cartwright:request:0b6c8b4e-1d3f-4f0a-9b7e-2a5f4f6f1c11',
    code,
    ...EXTRA[code],
  };
};

interface SharedResponse {
  readonly name: string;
  readonly description: string;
  readonly headers?: readonly string[];
}

/** What answers of these statuses are called, and what they say. */
const RESPONSES: Readonly<Record<number, SharedResponse>> = {
  400: { name: 'BadRequest', description: 'Malformed, or a field is not as it must be: `errors` names each.' },
  401: {
    name: 'Unauthorized',
    description: 'No credential, or one that is not valid.',
    headers: ['WWW-Authenticate'],
  },
  403: { name: 'Forbidden', description: 'The credential does not allow this.' },
  404: { name: 'NotFound', description: 'There is no such thing, or not for this credential.' },
  405: { name: 'MethodNotAllowed', description: 'The path does not have this method.', headers: ['Allow'] },
  408: { name: 'RequestTimeout', description: 'The request did not arrive in time; it can be sent again.' },
  409: { name: 'Conflict', description: 'Refused by a rule: `code` says by which.' },
  410: { name: 'Gone', description: 'It was, and will not be again.' },
  412: { name: 'PreconditionFailed', description: 'The resource is not at the revision that If-Match names.' },
  413: { name: 'ContentTooLarge', description: 'The body is too large: at most 1 MiB are taken.' },
  414: { name: 'UriTooLong', description: 'The address is too long.' },
  415: {
    name: 'UnsupportedMediaType',
    description: 'The body must be application/json in UTF-8, not encoded further.',
  },
  422: { name: 'UnprocessableContent', description: 'Well-formed, but not to be done as it stands.' },
  429: { name: 'TooManyRequests', description: 'This client asks too much at once.', headers: ['Retry-After'] },
  431: { name: 'HeadersTooLarge', description: 'Address and headers are too large together.' },
  500: { name: 'ServerError', description: 'Something went wrong on our side; the log knows the request by its id.' },
  503: {
    name: 'Unavailable',
    description: 'Not at the moment; nothing is lost by trying again after `Retry-After`.',
    headers: ['Retry-After'],
  },
};

/** @throws RangeError for a status that no response was written for */
function responseOf(status: number): SharedResponse {
  const response = RESPONSES[status];
  if (response === undefined) throw new RangeError(`no response is described for ${status} ${STATUS_CODES[status]}`);
  return response;
}

/** Where the response of a status stands in the document. */
export const responseRef = (status: number): { readonly $ref: string } => ({
  $ref: `#/components/responses/${responseOf(status).name}`,
});

export const statusOf = (code: ErrorCode): number => ERROR_CATALOGUE[code].status;

/** The shared responses for these codes, each with an example of every code that it may carry. */
export function problemResponses(codes: ReadonlySet<ErrorCode>): Readonly<Record<string, object>> {
  const sorted = [...codes].sort();
  const statuses = [...new Set(sorted.map(statusOf))].sort();
  return Object.fromEntries(
    statuses.map((status) => [
      responseOf(status).name,
      sharedResponse(
        status,
        sorted.filter((code) => statusOf(code) === status),
      ),
    ]),
  );
}

function sharedResponse(status: number, codes: readonly ErrorCode[]): object {
  const { description, headers = [] } = responseOf(status);
  const examples = codes.map((code) => [code, { summary: ERROR_CATALOGUE[code].title, value: problemExample(code) }]);
  return {
    description,
    ...(headers.length > 0 && { headers: headerRefs(headers) }),
    content: { 'application/problem+json': { schema: { $ref: PROBLEM_REF }, examples: Object.fromEntries(examples) } },
  };
}

/** Refers to headers of the document by their names. */
export const headerRefs = (names: readonly string[]): Record<string, { readonly $ref: string }> =>
  Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
