import { errorName, type Tracer } from '../../telemetry/index.js';
import type { InboxItem, SagaInstance } from './instances.js';
import type { Dispatch } from './saga.js';

/**
 * Makes a span for a step, in the trace of the event that led to it, with links to those of its other inputs. A step whose cause
 * was not traced has none.
 */
export function traceStep(
  tracer: Tracer,
  { saga, current }: SagaInstance,
  { items, startedAt }: { readonly items: readonly InboxItem[]; readonly startedAt: number },
): void {
  const { traceparent, correlationId } = current;
  if (traceparent === undefined) return;
  const span = tracer.start({
    name: `saga ${saga.name} step`,
    kind: 'consumer',
    parent: traceparent,
    links: otherCauses(items, traceparent),
    startedAt,
    attributes: { 'cartwright.correlation_id': correlationId, 'cartwright.inputs': items.length },
  });
  span.end();
}

function otherCauses(items: readonly InboxItem[], parent: string): readonly string[] {
  const causes = new Set<string>();
  for (const item of items) {
    const cause = item.kind === 'event' ? item.event.metadata.traceparent : undefined;
    if (cause !== undefined && cause !== parent) causes.add(cause);
  }
  return [...causes];
}

/** Wraps a dispatch with a span for each command and each try of it. */
export function tracedDispatch(dispatch: Dispatch, tracer: Tracer): Dispatch {
  return async (sent, context) => {
    if (context.traceparent === undefined) return dispatch(sent, context);
    const { commandId, correlationId, actor } = context;
    const span = tracer.start({
      name: `${actor} ${sent.target}.${sent.command.type}`,
      kind: 'internal',
      parent: context.traceparent,
      attributes: { 'cartwright.command_id': commandId, 'cartwright.correlation_id': correlationId },
    });
    try {
      const dispatched = await dispatch(sent, context);
      const { reply } = dispatched;
      span.set({ 'cartwright.outcome': reply.outcome === 'refused' ? reply.refusal.code : reply.outcome });
      return dispatched;
    } catch (error) {
      span.fail(errorName(error));
      throw error;
    } finally {
      span.end();
    }
  };
}
