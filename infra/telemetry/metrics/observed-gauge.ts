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

/** A gauge that costs nothing until `/metrics` is read. */
export function registerObservedGauge({ name, help, labelNames = [], registry, observe }: ObservedGaugeOptions): void {
  const gauge: Gauge = new Gauge({
    name,
    help,
    labelNames: [...labelNames],
    registers: [registry],
    async collect() {
      gauge.reset();
      for (const { labels, value } of await observed(observe)) gauge.set({ ...labels }, value);
    },
  });
}

/** While a source fails its gauge is missing; the other metrics are needed then more than ever. */
async function observed(observe: ObservedGaugeOptions['observe']): Promise<readonly Observation[]> {
  try {
    return await observe();
  } catch {
    return [];
  }
}
