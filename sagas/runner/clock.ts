/** Time as the runner sees it; tests put their own in its place. */
export interface SagaClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Milliseconds that the process has run: they only go forward, whatever is done to the clock. */
  running(): number;
  /** Calls back once after so many milliseconds; the answer cancels it. */
  after(milliseconds: number, callback: () => void): () => void;
}

/** The machine's clock. Its timers do not keep a process alive. */
export const systemClock: SagaClock = {
  now: () => Date.now(),
  running: () => performance.now(),
  after: (milliseconds, callback) => {
    const timer = setTimeout(callback, milliseconds);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
