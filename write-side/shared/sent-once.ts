/**
 * Within this time, in milliseconds, nobody else can have taken over from the process that has a command to send: a process
 * that was paused for longer may find that another one sent it, and what followed from it.
 */
export const SENT_ONCE_MS = 1_000;
