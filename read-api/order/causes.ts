import { partId, REQUEST_PART } from '../../infra/engine/sagas/index.js';
import type { RecordedCommand, StepRecord, TakenInput } from '../../infra/engine/sagas/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { SagaName } from '../../projections/saga/index.js';
import { CausationGraph } from './causation-graph.js';
import { summaryOf } from './event-summaries.js';
import type { CausationNode, OrderCausation } from './order-causation.js';
import { callsIn } from './provider-calls.js';

/** What is recorded of one process of an order. */
export interface RecordedSaga {
  readonly name: SagaName;
  readonly steps: readonly RecordedEvent<StepRecord>[];
}

/** What is recorded of an order, each in the order of the log. */
export interface CausesOfOrder {
  readonly events: readonly RecordedEvent[];
  readonly sagas: readonly RecordedSaga[];
  /** Of products by SKU. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Draws what led to what: a command to its events, an event to the steps of processes that took it and to the commands that name it as
 * their cause, a step to the commands that it sent, a recorded request to the call of the provider and its answer.
 */
export function causationOf({ events, sagas, names }: CausesOfOrder): OrderCausation {
  const drawing = new Drawing(sagas, names);
  for (const event of events) drawing.event(event);
  drawing.steps();
  drawing.calls(events.filter(({ stream }) => stream.startsWith('payment-')));
  for (const event of events) drawing.cause(event);
  drawing.inputs();
  return drawing.graph.shown();
}

interface KnownStep {
  readonly name: SagaName;
  readonly event: RecordedEvent<StepRecord>;
  readonly previous: KnownStep | null;
}

class Drawing {
  readonly graph = new CausationGraph();
  readonly #steps: readonly KnownStep[];
  /** The saga's command of which a recorded command is a part. */
  readonly #wholes = new Map<string, string>();
  /** The step that took an event, by saga and event. */
  readonly #takers = new Map<string, string>();
  /** Commands whose cause is drawn already. */
  readonly #caused = new Set<string>();

  constructor(
    sagas: readonly RecordedSaga[],
    private readonly names: CausesOfOrder['names'],
  ) {
    this.#steps = sagas.flatMap(({ name, steps }) => stepsOf(name, steps));
    for (const { name, event } of this.#steps) {
      for (const { commandId } of event.data.sent) this.#wholes.set(partId(commandId, REQUEST_PART), commandId);
      for (const input of event.data.inputs) {
        if ('event' in input) this.#takers.set(`${name} ${input.event}`, event.id);
      }
    }
  }

  /** An event, and the command that it came of. */
  event(recorded: RecordedEvent): void {
    const { id, at, stream, metadata } = recorded;
    const command = this.#commandOf(recorded);
    const title = summaryOf(recorded, this.names);
    const by = metadata.causationId === null ? 'Request' : 'Command';
    this.graph.add({ id: command, kind: 'command', title: `${by}: ${title}`, at, actor: metadata.actor });
    this.graph.add({ id, kind: 'event', title, at, stream });
    this.graph.connect(command, id);
  }

  /** What processes recorded, and what they sent. */
  steps(): void {
    for (const { name, event } of this.#steps) {
      const { id, at, stream, data, revision } = event;
      this.graph.add({ id, kind: 'saga-step', title: `${name}: step ${revision + 1}`, at, stream });
      for (const sent of data.sent) {
        const outcome = this.#outcomeOf(name, event, sent);
        this.graph.add(sentNode(sent, { at, actor: `saga:${name}`, ...(outcome === undefined ? {} : { outcome }) }));
        this.graph.connect(id, sent.commandId);
        this.#caused.add(sent.commandId);
      }
    }
  }

  /** The calls of the provider, between their requests and the commands that record their answers. */
  calls(payment: readonly RecordedEvent[]): void {
    for (const { request, call, answers } of callsIn(payment)) {
      const id = `call-${request.id}`;
      const at = answers.at(-1)?.at ?? request.at;
      this.graph.add({ id, kind: 'provider-call', title: `${call.provider}: ${call.operation}`, at, call });
      this.graph.connect(request.id, id);
      for (const answer of answers) {
        const command = this.#commandOf(answer);
        this.graph.connectOnward(id, command);
        this.#caused.add(command);
      }
    }
  }

  /** What led to the command of an event that no step and no call did. */
  cause(recorded: RecordedEvent): void {
    const command = this.#commandOf(recorded);
    const { causationId, actor } = recorded.metadata;
    if (causationId === null || this.#caused.has(command)) return;
    this.#caused.add(command);
    const taker = this.#takers.get(`${actor.replace(/^saga:/, '')} ${causationId}`);
    this.graph.connectOnward(taker ?? causationId, command);
  }

  /** What the steps took: events and answers to commands, else the step before. */
  inputs(): void {
    for (const step of this.#steps) {
      const { event, previous } = step;
      for (const input of event.data.inputs) {
        for (const cause of causesIn(input, previous)) this.graph.connectOnward(cause, event.id);
      }
      if (!this.graph.hasCause(event.id) && previous !== null) this.graph.connectOnward(previous.event.id, event.id);
      const { causationId } = event.metadata;
      if (!this.graph.hasCause(event.id) && causationId !== null) this.graph.connectOnward(causationId, event.id);
    }
  }

  #commandOf({ metadata }: RecordedEvent): string {
    return this.#wholes.get(metadata.commandId) ?? metadata.commandId;
  }

  /** How a later step says that a command was answered. */
  #outcomeOf(name: SagaName, sender: RecordedEvent<StepRecord>, { key }: RecordedCommand): string | undefined {
    for (const { name: of, event } of this.#steps) {
      if (of !== name || event.stream !== sender.stream || event.revision < sender.revision) continue;
      for (const input of event.data.inputs) {
        if ('reply' in input && input.reply === key) return outcomeIn(input);
      }
    }
    return undefined;
  }
}

const outcomeIn = ({ outcome, code }: Extract<TakenInput, { readonly reply: string }>): string =>
  code === undefined ? outcome : `${outcome}: ${code}`;

function stepsOf(name: SagaName, steps: readonly RecordedEvent<StepRecord>[]): readonly KnownStep[] {
  let previous: KnownStep | null = null;
  return steps.map((event) => (previous = { name, event, previous }));
}

const sentNode = (
  { commandId, command, target }: RecordedCommand,
  known: Pick<CausationNode, 'at' | 'actor' | 'outcome'>,
): CausationNode => ({
  id: commandId,
  kind: 'command',
  title: `Command: ${command.type.replaceAll('-', ' ')} (${target})`,
  ...known,
});

/** An answer is of the last command of its key that was sent before. */
function causesIn(input: TakenInput, previous: KnownStep | null): readonly string[] {
  if ('event' in input) return [input.event];
  if ('timeout' in input) return [];
  for (let step = previous; step !== null; step = step.previous) {
    const sent = step.event.data.sent.findLast(({ key }) => key === input.reply);
    if (sent !== undefined) return [sent.commandId];
  }
  return [];
}
