const LOCAL = new Set(['sqlite', 'memory']);
const LOOKS: Readonly<Record<string, string>> = {
  sqlite: 'sqlite:DIRECTORY',
  esdb: 'esdb://host:2113',
  mongodb: 'mongodb://host:27017/cartwright',
  nats: 'nats://host:4222',
  tls: 'tls://host:4222',
};

/** Several hosts, as drivers take them, are none of a URL's: only what is of one host is held to that form. */
function isRemote(scheme: string, text: string): boolean {
  if (!/^[a-z+]+:\/\/[^/\s]+/i.test(text) || /\s/.test(text)) return false;
  return !scheme.startsWith('http') || (URL.canParse(text) && new URL(text).hostname !== '');
}

/** Reads variables and collects what is wrong with them, so that all of it is told at once. */
export class Environment {
  readonly problems: string[] = [];

  constructor(private readonly variables: Readonly<Record<string, string | undefined>>) {}

  /** The value without blanks around it; null when unset or empty. */
  text(name: string): string | null {
    const value = this.variables[name]?.trim();
    return value === undefined || value === '' ? null : value;
  }

  /** The members of a list that commas separate; empty when unset. */
  list(name: string): readonly string[] {
    const members = this.text(name)?.split(',') ?? [];
    return members.map((member) => member.trim()).filter((member) => member !== '');
  }

  integer(name: string, fallback: number, range: { readonly min: number; readonly max: number }): number {
    const text = this.text(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (Number.isSafeInteger(value) && value >= range.min && value <= range.max) return value;
    this.problems.push(`${name} is ${text}, not a whole number from ${range.min} to ${range.max}`);
    return fallback;
  }

  flag(name: string, fallback: boolean): boolean {
    const text = this.text(name);
    if (text === null) return fallback;
    if (['1', 'true', 'yes', 'on'].includes(text)) return true;
    if (['0', 'false', 'no', 'off'].includes(text)) return false;
    this.problems.push(`${name} is ${text}, not 1 or 0`);
    return fallback;
  }

  url(name: string, schemes: readonly string[], fallback: string): string {
    const text = this.text(name) ?? fallback;
    const scheme = schemes.find((each) => text.toLowerCase().startsWith(`${each}:`));
    if (scheme === undefined) {
      this.problems.push(`${name} must start with one of ${schemes.map((each) => `${each}:`).join(', ')}`);
      return fallback;
    }
    const rest = text.slice(scheme.length + 1);
    const isWhole = LOCAL.has(scheme) ? scheme === 'memory' || rest !== '' : isRemote(scheme, text);
    // It is not repeated: a URL may hold credentials.
    if (!isWhole) this.problems.push(`${name} is cut off or misspelt: ${LOOKS[scheme] ?? `${scheme}://host`} is one`);
    return isWhole ? `${scheme}:${rest}` : fallback;
  }
}
