/** Says that an order of the account is confirmed. Satisfied where one was before. */
export interface NoteConfirmedOrder {
  readonly type: 'note-confirmed-order';
  readonly customerId: string;
  readonly orderId: string;
}

export type CustomerCommand = NoteConfirmedOrder;
