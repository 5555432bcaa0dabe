/** Formats a log line for people: time, level, message, other members as `name=value`, and the stack below. */
export function plainLines(json: string): string {
  const { time, level, msg = '', err, ...rest } = JSON.parse(json) as Readonly<Record<string, unknown>>;
  const { stack, ...error } = (err ?? {}) as Readonly<Record<string, unknown>>;
  const reason = err === undefined ? '' : `: ${String(error['message'] ?? error['type'] ?? 'an error')}`;
  const more = Object.entries(rest).map(([name, value]) => ` ${name}=${textOf(value)}`);
  const line = `${clockOf(time)} ${String(level).padEnd(5)} ${String(msg)}${reason}${more.join('')}\n`;
  return typeof stack === 'string' && SHOWS_STACK.has(level) ? `${line}${stack}\n` : line;
}

/** Errors that are expected to pass are logged without their stack. */
const SHOWS_STACK = new Set<unknown>(['error', 'fatal']);

const textOf = (value: unknown): string =>
  typeof value === 'string' && /^\S+$/.test(value) ? value : JSON.stringify(value);

/** Formats a time in the machine's time zone: `2026-11-02T10:00:00.123Z` → `10:00:00`. */
function clockOf(time: unknown): string {
  const at = new Date(String(time));
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((part) => String(part).padStart(2, '0')).join(':');
}
