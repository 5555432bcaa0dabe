import { instanceIn, stateAfter } from '../../infra/engine/sagas/index.js';
import type { RecordedCommand, SagaState, StepRecord, Stepped, TakenInput } from '../../infra/engine/sagas/index.js';
import type { RecordedEvent } from '../../infra/event-store/index.js';
import { liveModel, type LiveModel } from '../../infra/engine/projections/live-model.js';
import type { SagaKey, SagaName } from './saga-events.js';
import { orderIn } from './sagas.read-model.js';

/** A command as it is shown: not what it says, which may be of a payment. */
export interface ShownCommand {
  readonly commandId: string;
  readonly key: string;
  readonly target: string;
  readonly id: string;
  readonly type: string;
}

export interface ShownStep {
  readonly at: string;
  readonly inputs: readonly TakenInput[];
  readonly commands: readonly ShownCommand[];
}

/** A command that was not answered by a yes the last time. */
interface Failure {
  readonly key: string;
  /** Of a refusal; null where nothing definite was answered. */
  readonly code: string | null;
  /** The timer that the same step set; null for none. */
  readonly nextAt: string | null;
}

/** What the steps of a saga tell, from the first to the last. */
export interface SagaSteps extends SagaKey {
  readonly orderId?: string;
  readonly state: SagaState;
  readonly steps: readonly ShownStep[];
  readonly timers: StepRecord['timers'];
  readonly unanswered: readonly ShownCommand[];
  /** How often each command was sent since it was last answered by a yes, by its key. */
  readonly sendings: ReadonlyMap<string, number>;
  readonly failure: Failure | null;
  readonly version: number;
}

interface Folded {
  readonly steps: ShownStep[];
  readonly sendings: Map<string, number>;
  failure: Failure | null;
  orderId?: string | undefined;
  last: RecordedEvent<StepRecord> | null;
}

const shownCommand = ({ commandId, key, target, id, command }: RecordedCommand): ShownCommand => ({
  commandId,
  key,
  target,
  id,
  type: command.type,
});

const keyIn = (name: SagaName, { stream }: RecordedEvent<StepRecord>): SagaKey => ({
  name,
  id: instanceIn(name, stream),
});

function evolve(name: SagaName, folded: Folded, event: RecordedEvent<StepRecord>): Folded {
  const { data, at } = event;
  for (const input of data.inputs) takeReply(folded, input, data);
  for (const { key } of data.sent) takeSending(folded, key);
  folded.steps.push({ at, inputs: data.inputs, commands: data.sent.map(shownCommand) });
  folded.orderId = orderIn(keyIn(name, event), data) ?? folded.orderId;
  folded.last = event;
  return folded;
}

/** Counts a command that is sent; a time at which it is sent again has come then. */
function takeSending(folded: Folded, key: string): void {
  folded.sendings.set(key, (folded.sendings.get(key) ?? 0) + 1);
  if (folded.failure?.key === key) folded.failure = { ...folded.failure, nextAt: null };
}

/** Takes note of a command that failed, or forgets it once it is answered by a yes. */
function takeReply(folded: Folded, input: TakenInput, { timers }: StepRecord): void {
  if (!('reply' in input)) return;
  if (input.outcome === 'accepted') {
    folded.sendings.delete(input.reply);
    if (folded.failure?.key === input.reply) folded.failure = null;
    return;
  }
  const before = folded.last?.data.timers ?? {};
  const due = Object.entries(timers).flatMap(([key, time]) => (before[key] === time ? [] : [time]));
  folded.failure = { key: input.reply, code: input.code ?? null, nextAt: due.toSorted()[0] ?? null };
}

function show(name: SagaName, { steps, sendings, failure, orderId, last }: Folded, version: number): SagaSteps | null {
  if (last === null) return null;
  const { data } = last;
  const unanswered = data.done ? [] : [...data.waiting, ...data.sent].filter(({ unawaited }) => unawaited !== true);
  return {
    ...keyIn(name, last),
    ...(orderId === undefined ? {} : { orderId }),
    state: stateAfter(data),
    steps,
    timers: data.done ? {} : data.timers,
    unanswered: unanswered.map(shownCommand),
    sendings,
    failure: data.done ? null : failure,
    version,
  };
}

/** The steps of the instances of a saga. Id: the instance's. */
export function sagaStepsModel(name: SagaName): LiveModel<Folded, SagaSteps> {
  const model = liveModel<Folded, Stepped<SagaName>, SagaSteps>({
    name: 'saga-steps',
    category: `saga-${name}`,
    initialState: () => ({ steps: [], sendings: new Map(), failure: null, last: null }),
    evolve: (folded, event) => evolve(name, folded, event),
    show: (folded, version) => show(name, folded, version),
  });
  return model;
}
