/** How long ago a time of the log was; never below 0, where the clock was set back meanwhile. */
export const secondsSince = (time: string): number => Math.max(0, (Date.now() - Date.parse(time)) / 1000);
