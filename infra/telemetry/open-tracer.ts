import type { Tracer } from './tracer.js';

const ENDPOINTS = ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'OTEL_EXPORTER_OTLP_ENDPOINT'];

/**
 * A tracer where the environment names an exporter, else null. The standard `OTEL_*` variables say the rest: service
 * name, headers, sampler, batches. Nothing of OpenTelemetry is loaded without one, so that a start does not pay for it.
 */
export async function openTracer(env: Readonly<Record<string, string | undefined>>): Promise<Tracer | null> {
  const isWanted = ENDPOINTS.some((name) => (env[name] ?? '').trim() !== '');
  if (!isWanted || env['OTEL_SDK_DISABLED']?.toLowerCase() === 'true') return null;
  const { OtlpTracer } = await import('./otlp/otlp-tracer.js');
  return new OtlpTracer(env['OTEL_SERVICE_NAME'] ?? 'cartwright');
}
