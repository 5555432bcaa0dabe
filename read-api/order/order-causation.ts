import {
  choice,
  described,
  integer,
  listOf,
  named,
  nullable,
  object,
  optional,
  text,
  time,
} from '../../domain/shared/schema.js';
import type { Of } from '../../domain/shared/schema.js';

const ProviderCall = named(
  'CausationCall',
  object(
    {
      provider: text('Who was asked.', 'sandbox'),
      operation: choice(['authorize', 'capture', 'void', 'refund'], 'What for.', 'authorize'),
      idempotencyKey: text(
        'What it was asked by; the same whenever it is asked again.',
        '5b0e6c3a-2f0e-5c58-8d0c-3b0a6d1a9a11',
      ),
      answer: text(
        'What it said, with the code of a refusal; `no answer` where it gave none.',
        'declined: PAYMENT.DECLINED',
      ),
      durationMs: nullable(
        integer('', 41, { minimum: 0 }),
        'How long the answer that counts took; null where it came by a notice, or is of before this was recorded.',
      ),
    },
    'A call of the payment provider.',
  ),
);
export type ProviderCall = Of<typeof ProviderCall>;

export const CAUSATION_KINDS = ['command', 'event', 'saga-step', 'provider-call', 'notification'] as const;

const CausationNode = named(
  'CausationNode',
  object(
    {
      id: text('Of an event its eventId, of a command its commandId.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d'),
      kind: choice(CAUSATION_KINDS, 'What it is.', 'event'),
      title: text('For people.', 'Order placed: 5.98 USD'),
      at: time('When it was recorded; of a command and a call when what came of it first was.'),
      actor: optional(text('Of a command: who sent it.', 'saga:checkout')),
      stream: optional(text('Of an event and of a step: where it stands.', 'order-0Q7B2M4N6P8R')),
      outcome: optional(
        text('Of a command of a process: how it was answered, with the code of a refusal.', 'accepted'),
      ),
      call: optional(described(ProviderCall, 'Of a call of the payment provider.')),
    },
    'Something that led to something, or came of it.',
  ),
);
export type CausationNode = Of<typeof CausationNode>;

const CausationEdge = object({
  from: text('Id of the cause.', '6d9f6a52-8d0e-5b6c-9b51-2f3f1c0f7a10'),
  to: text('Id of what came of it.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d'),
});
export type CausationEdge = Of<typeof CausationEdge>;

/** What led to what in the life of an order. */
export const OrderCausation = named(
  'OrderCausation',
  object(
    {
      nodes: listOf(CausationNode, 'In the order in which they came about.'),
      edges: listOf(CausationEdge, 'They never lead round; each node is reached from a command that nothing led to.'),
    },
    'What led to what in the life of an order.',
  ),
);
export type OrderCausation = Of<typeof OrderCausation>;
