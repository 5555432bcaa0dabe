/** A problem of a file and its place, such as `taxZones[0].rates[1].rate`. */
export interface PolicyProblem {
  readonly path: string;
  readonly message: string;
}

/** Reads members of parsed JSON and collects all problems, so that a file can be corrected in one go. */
export class JsonReader {
  constructor(
    private readonly value: unknown,
    private readonly path: string,
    private readonly problems: PolicyProblem[],
  ) {}

  problem(message: string): void {
    this.problems.push({ path: this.path, message });
  }

  /** Reports every member that is not among `known`. */
  onlyMembers(...known: readonly string[]): void {
    const members = this.members();
    if (members === null) return this.problem('has to be an object');
    for (const name of Object.keys(members)) if (!known.includes(name)) this.at(name).problem('is not known');
  }

  at(name: string): JsonReader {
    const path = this.path === '' ? name : `${this.path}.${name}`;
    const members = this.members();
    return new JsonReader(
      members !== null && Object.hasOwn(members, name) ? members[name] : undefined,
      path,
      this.problems,
    );
  }

  get isObject(): boolean {
    return this.members() !== null;
  }

  get absent(): boolean {
    return this.value === undefined;
  }

  text(rule: (text: string) => boolean, message: string): string {
    if (typeof this.value === 'string' && rule(this.value)) return this.value;
    this.problem(message);
    return '';
  }

  oneOf<const Choice extends string>(...choices: readonly [Choice, ...Choice[]]): Choice {
    const found = choices.find((choice) => choice === this.value);
    if (found === undefined) this.problem(`has to be one of ${choices.join(', ')}`);
    return found ?? choices[0];
  }

  flag(): boolean {
    if (typeof this.value !== 'boolean') this.problem('has to be true or false');
    return this.value === true;
  }

  /** The text as it is; undefined where it is none. */
  get asText(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  /** Names of the members of an object. */
  get names(): readonly string[] {
    return Object.keys(this.members() ?? {});
  }

  wholeNumber(least: number, most: number): number {
    const { value } = this;
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
    this.problem(`has to be a whole number from ${least} to ${most}`);
    return least;
  }

  minorUnits(): number {
    if (typeof this.value === 'number' && Number.isSafeInteger(this.value) && this.value >= 0) return this.value;
    this.problem('has to be a whole number of minor units, 0 or more');
    return 0;
  }

  list<Item>(read: (item: JsonReader) => Item, least: number, most = Infinity): Item[] {
    if (!Array.isArray(this.value) || this.value.length < least) {
      this.problem(least === 0 ? 'has to be a list' : 'has to be a list with something in it');
      return [];
    }
    if (this.value.length > most) {
      this.problem(`has to be a list of at most ${most}`);
      return [];
    }
    return this.value.map((item, index) => read(new JsonReader(item, `${this.path}[${index}]`, this.problems)));
  }

  private members(): Record<string, unknown> | null {
    const { value } = this;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value))
      : null;
  }
}
