// What came of the rounds: medians with their range, ratios of two revisions, as JSON and as a table.
import { cpus, totalmem } from 'node:os';
import { median } from './metric.mjs';

export function machine() {
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB`;
  return { cpu: cpus()[0].model.trim(), cores: cpus().length, memory, node: process.versions.node };
}

/** Four digits are more than two rounds ever have in common. */
const rounded = (value) => (Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(4)));

/** The metrics of all rounds by name. */
export function summaryOf(rounds) {
  const names = [...new Set(rounds.flatMap((round) => Object.keys(round)))];
  return Object.fromEntries(
    names.map((name) => {
      const taken = rounds.flatMap((round) => round[name] ?? []);
      const values = taken.map(({ value }) => rounded(value));
      const { unit, better } = taken[0];
      const range = { median: median(values), min: Math.min(...values), max: Math.max(...values) };
      return [name, { unit, better, values, ...range }];
    }),
  );
}

/** How many times the other's median this one's is; what only one of them has is left out. */
export function ratiosOf(own, other) {
  const both = Object.keys(own.metrics).filter((name) => (other.metrics[name]?.median ?? 0) !== 0);
  return Object.fromEntries(both.map((name) => [name, rounded(own.metrics[name].median / other.metrics[name].median)]));
}

const cell = ({ median: middle, min, max }) => (min === max ? `${middle}` : `${middle} (${min}–${max})`);

export function tableOf(result, { about }) {
  const { scenario, limit, machine: on, rounds, revision, metrics, vs, ratios } = result;
  const compared = vs === undefined ? [] : [vs.revision, 'ratio'];
  const rows = [['', 'unit', revision, ...compared]];
  for (const [name, metric] of Object.entries(metrics)) {
    const other = vs?.metrics[name];
    const more = vs === undefined ? [] : [other === undefined ? '–' : cell(other), `${ratios[name] ?? '–'}`];
    rows.push([name, metric.unit, cell(metric), ...more]);
  }
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const lines = rows.map((row) => row.map((text, column) => text.padEnd(widths[column])).join('  '));
  return [
    `${scenario}: ${about}`,
    `limit: ${limit}`,
    `${on.cores} × ${on.cpu}, ${on.memory}, Node ${on.node}; median of ${rounds} (least–most)`,
    '',
    ...lines.map((line) => line.trimEnd()),
  ].join('\n');
}
