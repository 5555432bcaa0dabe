import { choice, count, listOf, named, nullable, object, optional, text, time } from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';
import { SAGA_STATES } from '../../infra/engine/sagas/index.js';
import { SAGA_NAMES } from '../../projections/saga/index.js';

const row = {
  name: choice(SAGA_NAMES, 'Its process.', 'checkout'),
  id: text('Its id within the process; of a checkout and a fulfilment that of the order.', '0Q7B2M4N6P8R'),
  orderId: nullable(text(), 'The order that it is about; null where it is about none.', '0Q7B2M4N6P8R'),
  state: choice(
    SAGA_STATES,
    '`running`: a command is unanswered, and is sent until it is answered; `waiting`: for an event or a timer; `stuck`: it goes on ' +
      'only once a person does something; `done`: nothing follows any more.',
    'stuck',
  ),
  since: time('When it came into that state.'),
};

export const SagaRow = named('Saga', object(row, 'An instance of a process that goes on by itself.'));
export type SagaRow = Of<typeof SagaRow>;

const SagaCommandView = named(
  'SagaCommand',
  object(
    {
      commandId: text('The command, as the events have it that came of it.', '6d9f6a52-8d0e-5b6c-9b51-2f3f1c0f7a10'),
      key: text('Its name within the process; it is the same when it is sent again.', 'money'),
      target: text('Who carries it out: an aggregate, or an effect on the world outside.', 'payment-gateway'),
      id: text('Which of them.', 'pay_7Hq2'),
      type: text('What is to be done.', 'capture'),
    },
    'A command that a process sends.',
  ),
);

const SagaInputView = named(
  'SagaInput',
  object(
    {
      kind: choice(['event', 'reply', 'timeout'], 'What came: an event, the answer to a command, or a timer.', 'reply'),
      name: text('Type of the event, key of the command, or name of the timer.', 'money'),
      eventId: optional(text('Of an event.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d')),
      outcome: optional(choice(['accepted', 'refused', 'unknown'], 'Of a reply.', 'refused')),
      code: optional(text('Why it was refused.', 'PAYMENT.DECLINED')),
    },
    'What a step answers.',
  ),
);
export type SagaInputView = Of<typeof SagaInputView>;

const SagaStepView = named(
  'SagaStep',
  object(
    {
      at: time('When it was taken.'),
      inputs: listOf(SagaInputView, 'What it answers.'),
      commands: listOf(SagaCommandView, 'What it sends.'),
    },
    'A step of a process.',
  ),
);

const SagaTimerView = named(
  'SagaTimer',
  object({ name: text('Which one.', 'capture-again'), due: time('When it fires.') }, 'A timer that is set.'),
);

const SagaErrorView = named(
  'SagaError',
  object(
    {
      code: text(
        'Of the refusal; `no-answer` where there was no definite answer, `store-unavailable` where a store was away.',
        'PAYMENT.DECLINED',
      ),
      detail: text('The same in words.', 'money was refused: The payment was declined'),
    },
    'Why a command came to nothing.',
  ),
);

export const SagaDetail = named(
  'SagaDetail',
  object(
    {
      ...row,
      steps: listOf(SagaStepView, 'What is recorded of it, the first step first; what the log says already is not.'),
      timers: listOf(SagaTimerView, 'Those that are set, the next first.'),
      unanswered: listOf(SagaCommandView, 'Commands whose answer it waits for.'),
      attempts: count(
        'How often the command was sent that is unanswered or was refused last, also where a store or its target was away.',
        4,
      ),
      lastError: nullable(SagaErrorView, 'Why the last attempt came to nothing; null where none did.'),
      nextAttemptAt: nullable(time(), 'When the next attempt is made; null where none is planned.'),
      repairs: listOf(
        choice(['retry', 'compensate'], 'What can be asked of it as it stands.', 'retry'),
        'What a person may have it do: see the routes of that name.',
      ),
      version: count('How many steps are recorded of it, which is its ETag.', 3),
    },
    'A process with its steps.',
  ),
);
export type SagaDetail = Of<typeof SagaDetail>;
