import type { JsonObject, Refusal } from '../../domain/shared/index.js';
import { entryOf } from './error-catalogue.js';
import type { ErrorCode } from './error-catalogue.js';

/** One field that failed validation; `path` is dotted (`shippingAddress.country`) or a header's or parameter's name. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

export interface ProblemOptions {
  /** Members besides the standard ones, such as `changes`. */
  readonly extra?: JsonObject;
  readonly errors?: readonly FieldError[];
  /** Headers of the answer, such as Retry-After. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of the request that `instance` names, where it is not the one that gets the answer: a refusal that is given again. */
  readonly requestId?: string;
  /** It shows what is sealed in the log: a repetition of the request makes it anew, and it is never kept. */
  readonly isPersonal?: true;
  readonly cause?: unknown;
}

/** An answer that is an error: thrown anywhere below a route, written as a problem document (RFC 9457). */
export class ProblemError extends Error {
  readonly extra: JsonObject | undefined;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestId: string | undefined;
  readonly isPersonal: boolean;

  constructor(
    readonly code: string,
    readonly detail: string,
    options: ProblemOptions = {},
  ) {
    super(detail, { cause: options.cause });
    this.name = 'ProblemError';
    this.extra = options.extra;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
    this.requestId = options.requestId;
    this.isPersonal = options.isPersonal === true;
  }

  get status(): number {
    return entryOf(this.code).status;
  }
}

/** A problem with a code of the catalogue. */
export const problem = (code: ErrorCode, detail: string, options?: ProblemOptions): ProblemError =>
  new ProblemError(code, detail, options);

/** 400 REQUEST.INVALID that names one field, header or parameter. */
export const invalid = (path: string, message: string): ProblemError =>
  new ProblemError('REQUEST.INVALID', `${path} ${message}`, { errors: [{ path, message }] });

/** A business refusal as an answer. */
export const refused = ({ code, detail, extra }: Refusal, options: ProblemOptions = {}): ProblemError =>
  new ProblemError(code, detail, { ...pauseOf(extra), ...options, ...(extra !== undefined && { extra }) });

/** A refusal that ends by itself says when: `retryAfter`, seconds. */
const pauseOf = (extra: JsonObject = {}): ProblemOptions =>
  typeof extra['retryAfter'] === 'number' ? { headers: { 'retry-after': String(extra['retryAfter']) } } : {};

/** An RFC 9457 problem document. */
export interface ProblemDocument extends JsonObject {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
}

/** Documents of the codes: a URN, since no page of the web is theirs. */
const typeOf = (code: string): string => `urn:cartwright:problem:${code}`;

/** `instance` names the request: `urn:cartwright:request:{correlation id}`. */
export function problemDocument(error: ProblemError, requestId: string): ProblemDocument {
  const { status, title } = entryOf(error.code);
  return {
    ...error.extra,
    type: typeOf(error.code),
    title,
    status,
    detail: error.detail,
    instance: `urn:cartwright:request:${error.requestId ?? requestId}`,
    code: error.code,
    ...(error.errors === undefined ? {} : { errors: error.errors.map(({ path, message }) => ({ path, message })) }),
  };
}
