import { openTracer } from './open-tracer.js';

const endpoint = 'http://127.0.0.1:4318';

describe('the tracer', () => {
  it.each([
    ['names no exporter', {}],
    ['names an empty one', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ' }],
    ['switches tracing off', { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_SDK_DISABLED: 'true' }],
  ])('is none where the environment %s', async (_, env) => {
    expect(await openTracer(env)).toBeNull();
  });

  it('goes on with the trace of the cause, and begins one where there is none', async () => {
    const tracer = await openTracer({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: endpoint });
    const root = tracer?.start({ name: 'one', kind: 'server' }).traceparent ?? '';
    const child = tracer?.start({ name: 'two', kind: 'internal', parent: root }).traceparent ?? '';
    expect(root).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
    expect(child.slice(0, 35)).toBe(root.slice(0, 35));
    expect(child).not.toBe(root);
    await tracer?.close();
  });
});
