import type { Span, SpanAttributes, SpanStart, Tracer } from '../tracer.js';

export interface RecordedSpan extends SpanStart {
  readonly set: SpanAttributes;
  readonly failure: string | null;
}

/** A tracer that keeps the spans that have ended, in the order of their ends. */
export class RecordingTracer implements Tracer {
  readonly spans: RecordedSpan[] = [];

  start(start: SpanStart): Span {
    let set: SpanAttributes = {};
    let failure: string | null = null;
    return {
      traceparent: start.parent ?? '',
      set: (attributes) => (set = { ...set, ...attributes }),
      fail: (error) => (failure = error),
      end: () => this.spans.push({ ...start, set, failure }),
    };
  }

  async close(): Promise<void> {}
}

/** The `n`th trace of a test. */
export const traceparent = (n: number, flags = '01'): string =>
  `00-${String(n).padStart(32, 'a')}-${'b'.repeat(16)}-${flags}`;
