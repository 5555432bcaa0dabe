/**
 * Where a store notices that an id of a new batch is taken: anywhere in the log, or (EventStoreDB) only at the very place
 * to which the batch would go. Ids derive from commands, whose streams are searched before they are decided, so the
 * second is enough for the write-side; the first also finds the bugs of its callers.
 */
export type IdConflicts = 'in the whole log' | 'at the same place';
