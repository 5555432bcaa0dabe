import { accept } from '../shared/index.js';
import type { Decision } from '../shared/index.js';
import { named, nullable, object, text, time } from '../shared/schema.js';
import type { Of } from '../shared/schema.js';
import type { AddNote } from './commands.js';
import type { OrderEvent } from './events.js';
import type { Order } from './state.js';

/** A note is taken of any order, whatever became of it, and decides nothing. */
export function addNote(
  { type: _type, ...note }: AddNote,
  { order: { orderId, personId } }: Order,
): Decision<OrderEvent> {
  return accept({ type: 'order.note-added.v1', data: { orderId, personId, ...note } });
}

export const OrderNote = named(
  'OrderNote',
  object(
    {
      noteId: text('Id of the note.', '9d1f2c34-5a6b-8c7d-9e0f-1a2b3c4d5e6f'),
      createdAt: time('When it was written.'),
      actor: text('Who wrote it.', 'support:bob'),
      text: nullable(text(), 'What it says; null once the buyer is forgotten.', 'Rings again on Monday'),
    },
    'A note of staff on an order.',
  ),
);
export type OrderNote = Of<typeof OrderNote>;

/** The note that an event added, if it did. */
export const noteOf = ({ type, data }: OrderEvent, actor: string): readonly OrderNote[] =>
  type === 'order.note-added.v1' ? [{ noteId: data.noteId, createdAt: data.createdAt, actor, text: data.text }] : [];
