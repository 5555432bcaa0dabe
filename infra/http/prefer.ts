const WAIT = /(?:^|[,;\s])wait\s*=\s*"?(\d{1,9})"?\s*(?=$|[,;])/i;

/** Nobody is kept waiting longer, in seconds. */
export const MAX_WAIT_SECONDS = 60;

/** Seconds of `Prefer: wait=N`, capped; the default where there is none or it makes no sense (RFC 7240 lets us ignore it). */
export function waitSeconds(header: string | readonly string[] | undefined, fallback: number): number {
  if (header === undefined) return fallback;
  const match = WAIT.exec(typeof header === 'string' ? header : header.join(','));
  return match === null ? fallback : Math.min(Number(match[1]), MAX_WAIT_SECONDS);
}
