/** How long the adapter waits for what, in milliseconds. */
export interface Limits {
  /** For a store that is away when it is opened. */
  readonly open: number;
  /** For the answer to one call. */
  readonly call: number;
  /** For a definite answer, over all attempts of one append or read. */
  readonly answer: number;
  /** For an acknowledged append to come by on the subscription, before it is read back instead. */
  readonly tail: number;
  /** Between two looks whether what is recorded comes by on the subscription. */
  readonly silence: number;
  /** For appends under way when the store is closed. */
  readonly finish: number;
}

export const LIMITS: Limits = {
  open: 30_000,
  call: 5_000,
  answer: 15_000,
  tail: 500,
  silence: 10_000,
  finish: 3_000,
};
