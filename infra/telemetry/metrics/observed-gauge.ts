import { Gauge, type Registry } from 'prom-client';

/** One labelled value. */
export interface Observation {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

export interface ObservedGaugeOptions {
  readonly name: string;
  readonly help: string;
  readonly labelNames?: readonly string[];
  readonly registry: Registry;
  /** Asked when somebody looks; what it does not name any more is not shown any more. */
  readonly observe: () => Promise<readonly Observation[]> | readonly Observation[];
}

/** How long `/metrics` waits for a source, milliseconds. */
const SOON_MS = 250;

/** A gauge that costs nothing until `/metrics` is read. */
export function registerObservedGauge({ name, help, labelNames = [], registry, observe }: ObservedGaugeOptions): void {
  const source = new LastKnown(observe);
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    async collect() {
      gauge.reset();
      for (const { labels, value } of await source.soon()) gauge.set({ ...labels }, value);
    },
  });
}

/** While a source fails or is silent its last values are shown: the other metrics are needed then more than ever. */
class LastKnown {
  #last: readonly Observation[] = [];
  /** One question at a time, however often the metrics are read. */
  #asking: Promise<void> | null = null;

  constructor(private readonly observe: ObservedGaugeOptions['observe']) {}

  async soon(): Promise<readonly Observation[]> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, SOON_MS)));
    await Promise.race([this.#asking, late]).finally(() => clearTimeout(timer));
    return this.#last;
  }

  async #ask(): Promise<void> {
    try {
      this.#last = await this.observe();
    } catch {
      // What is known stays.
    }
  }
}
