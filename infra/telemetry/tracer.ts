/** Never personal data, tokens, addresses or the ids of carts, which open them. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

export interface SpanStart {
  readonly name: string;
  /** `server`: answers a request; `consumer`: works off an event; `internal`: part of either. */
  readonly kind: 'server' | 'consumer' | 'internal';
  /** W3C traceparent of what caused it; without one a new trace begins. */
  readonly parent?: string | undefined;
  /** W3C traceparents of further causes. */
  readonly links?: readonly string[];
  /** Milliseconds since 1970; default now. */
  readonly startedAt?: number;
  readonly attributes?: SpanAttributes;
}

/** Something that takes time, as part of a trace. */
export interface Span {
  /** W3C; what this causes names it as its parent. */
  readonly traceparent: string;
  set(attributes: SpanAttributes): void;
  /** `error`: the name of an error, not its text, which may speak of anything. */
  fail(error: string): void;
  end(): void;
}

/** Where spans go. Parts that can be traced take `Tracer | null`, and with null do nothing for it. */
export interface Tracer {
  start(span: SpanStart): Span;
  /** Sends what is waiting. */
  close(): Promise<void>;
}

/** Whether whoever began the trace wants it recorded. */
export const isSampled = (traceparent: string): boolean => (Number.parseInt(traceparent.slice(-2), 16) & 1) === 1;

export const errorName = (error: unknown): string => (error instanceof Error ? error.name : 'Error');
