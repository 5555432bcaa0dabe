import { readdirSync, readFileSync } from 'node:fs';

// Contexts are built alike, as CONTRIBUTING.md says: who knows one knows all.

/** Stateless rules: no stream, so no events, commands or decider. */
const CALCULATIONS = new Set(['pricing', 'shared']);
/** Nobody is shown the state of their aggregates. */
const WITHOUT_VIEW = new Set(['customer', 'person', 'shipping']);
/** What they are told is so: it is nothing to refuse. */
const WITHOUT_REFUSALS = new Set(['customer']);
const ROLES = new Set(['commands.ts', 'decider.ts', 'events.ts', 'index.ts', 'refusals.ts', 'state.ts', 'view.ts']);
/** Lines up to which all that a context decides stands in `decider.ts`. */
const ONE_FILE = 250;

const domain = new URL('.', import.meta.url);
const folders = readdirSync(domain, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const contexts = folders.map(({ name }) => name).filter((name) => !CALCULATIONS.has(name));
const sourcesOf = (context: string): readonly string[] =>
  readdirSync(new URL(`${context}/`, domain)).filter((name) => name.endsWith('.ts') && !name.endsWith('.spec.ts'));
const read = (context: string, file: string): string => readFileSync(new URL(`${context}/${file}`, domain), 'utf8');
const deciding = (context: string): readonly string[] =>
  sourcesOf(context).filter((file) => !['commands.ts', 'events.ts', 'index.ts', 'view.ts'].includes(file));
const filesWith = (context: string, text: RegExp): readonly string[] =>
  sourcesOf(context).filter((file) => text.test(read(context, file)));
const stateFile = (context: string): string => (sourcesOf(context).includes('state.ts') ? 'state.ts' : 'decider.ts');

describe.each(contexts)('the context %s', (context) => {
  it('has its events, commands, decider, view and index in files of these names', () => {
    const expected = ['events.ts', 'commands.ts', 'decider.ts', 'index.ts'];
    expect(sourcesOf(context)).toEqual(expect.arrayContaining(expected));
    expect(sourcesOf(context).includes('view.ts')).toBe(!WITHOUT_VIEW.has(context));
  });

  it('has further files only where its decider would be longer than one file should be', () => {
    const lines = deciding(context).reduce((sum, file) => sum + read(context, file).split('\n').length - 1, 0);
    if (lines <= ONE_FILE) expect(deciding(context)).toEqual(['decider.ts']);
    else expect(deciding(context)).toEqual(expect.arrayContaining(['refusals.ts', 'state.ts']));
    const topics = deciding(context).filter((file) => !ROLES.has(file));
    for (const topic of topics) expect(topic).not.toMatch(/aggregate|decider|evolve|refusal|snapshot|state|view/);
  });

  it('says in its events that they are the storage format of its streams', () => {
    expect(read(context, 'events.ts')).toMatch(/^\/\/ These types are the storage format of streams `[a-z]+-\{\w+\}`/m);
  });

  it('has the fold where the state is, and what refuses in one place', () => {
    expect(filesWith(context, /^(export )?(function|const) evolve/m)).toEqual([stateFile(context)]);
    expect(filesWith(context, /^(export )?const (initialState|no[A-Z]\w+) = \(\)/m)).toEqual([stateFile(context)]);
    const refusing = deciding(context).includes('refusals.ts') ? 'refusals.ts' : 'decider.ts';
    expect(filesWith(context, /\brefuse(Invalid)?\(/)).toEqual(WITHOUT_REFUSALS.has(context) ? [] : [refusing]);
  });

  it('has state, fold, rules, decider and aggregate in this order', () => {
    const text =
      stateFile(context) === 'state.ts'
        ? read(context, 'state.ts') + read(context, 'decider.ts')
        : read(context, 'decider.ts');
    const rules = stateFile(context) === 'state.ts' ? /function decide/ : /return accept\(/;
    const parts = [
      /^export (type|interface) \w+State\b/m,
      /const (initialState|no[A-Z]\w+) =/,
      /function evolve/,
      rules,
      /: Decider</,
      /: Aggregate</,
    ];
    const places = parts.map((part) => text.search(part));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  it('exports its deciders and aggregates from `decider.ts`', () => {
    expect(filesWith(context, /^export const \w+(Decider|Aggregate)\b/m)).toEqual(['decider.ts']);
  });
});
