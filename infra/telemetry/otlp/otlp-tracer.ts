import { setTimeout as delay } from 'node:timers/promises';
import {
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Context,
  type Link,
  type Span as OtelSpan,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { Span, SpanAttributes, SpanStart, Tracer } from '../tracer.js';
import { spanContextOf, traceparentOf } from './trace-context.js';

/** For a batch, its retries included: a collector that is gone must not hold up a stop. */
const MOST_WAIT_MS = 2_000;

const KINDS = { server: SpanKind.SERVER, consumer: SpanKind.CONSUMER, internal: SpanKind.INTERNAL };

/** Sends spans in batches over OTLP/HTTP. */
export class OtlpTracer implements Tracer {
  readonly #provider: BasicTracerProvider;
  readonly #tracer;

  constructor(serviceName: string) {
    this.#provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ 'service.name': serviceName }),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ timeoutMillis: MOST_WAIT_MS }))],
    });
    this.#tracer = this.#provider.getTracer('cartwright');
  }

  start({ name, kind, parent, links = [], startedAt, attributes = {} }: SpanStart): Span {
    const options = {
      kind: KINDS[kind],
      attributes,
      links: links.flatMap(linkTo),
      ...(startedAt !== undefined && { startTime: startedAt }),
    };
    return new OtlpSpan(this.#tracer.startSpan(name, options, contextOf(parent)));
  }

  /** What could not be sent by then is lost: nobody's work waits for a collector. */
  async close(): Promise<void> {
    const late = delay(MOST_WAIT_MS, undefined, { ref: false });
    await Promise.race([this.#provider.shutdown().catch(() => undefined), late]);
  }
}

class OtlpSpan implements Span {
  constructor(private readonly span: OtelSpan) {}

  get traceparent(): string {
    return traceparentOf(this.span.spanContext());
  }

  set(attributes: SpanAttributes): void {
    this.span.setAttributes(attributes);
  }

  fail(error: string): void {
    this.span.setAttribute('error.type', error);
    this.span.setStatus({ code: SpanStatusCode.ERROR });
  }

  end(): void {
    this.span.end();
  }
}

function contextOf(traceparent: string | undefined): Context {
  const spanContext = traceparent === undefined ? undefined : spanContextOf(traceparent);
  return spanContext === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, spanContext);
}

function linkTo(traceparent: string): Link[] {
  const context = spanContextOf(traceparent);
  return context === undefined ? [] : [{ context }];
}
