import { TraceFlags, type SpanContext } from '@opentelemetry/api';

/** Reads a W3C traceparent; undefined when it is none. */
export function spanContextOf(traceparent: string): SpanContext | undefined {
  const [version, traceId, spanId, flags] = traceparent.split('-');
  if (version !== '00' || traceId?.length !== 32 || spanId?.length !== 16 || flags === undefined) return undefined;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
}

export const traceparentOf = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`;
