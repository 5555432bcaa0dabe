import { readdirSync, readFileSync } from 'node:fs';

// The files of a layer carry their role as a suffix, in every context alike; CONTRIBUTING.md has the list.

const root = new URL('../', import.meta.url);
const isSource = (path: string): boolean =>
  path.endsWith('.ts') && !/\.(spec|contract)\.ts$|\/test-support\//.test(path);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const sourcesOf = (layer: string): readonly string[] =>
  readdirSync(new URL(`${layer}/`, root), { recursive: true, encoding: 'utf8' })
    .map((path) => `${layer}/${path.replaceAll('\\', '/')}`)
    .filter(isSource);

interface Role {
  readonly layers: readonly string[];
  readonly suffix: string | RegExp;
  readonly declares: RegExp;
}

/** What is declared in files of a suffix, and in no others. */
const ROLES: readonly Role[] = [
  { layers: ['write-side', 'read-api'], suffix: '.controller.ts', declares: /^@Controller\(/m },
  { layers: ['write-side', 'read-api'], suffix: '.guard.ts', declares: /implements CanActivate\b/ },
  { layers: ['write-side', 'read-api'], suffix: '.module.ts', declares: /^@Module\(/m },
  { layers: ['write-side', 'read-api'], suffix: '.bodies.ts', declares: /^export class \w+Body\b/m },
  { layers: ['write-side'], suffix: '.commands.ts', declares: /^export class \w+ extends (Request)?Command</m },
  { layers: ['write-side'], suffix: /\.handlers?\.ts$/, declares: /^@CommandHandler\(/m },
  { layers: ['read-api'], suffix: '.query.ts', declares: /^export class \w+ extends Query</m },
  { layers: ['read-api'], suffix: '.params.ts', declares: /^export class \w+Params\b/m },
  { layers: ['projections'], suffix: '.read-model.ts', declares: /= (readModel|tallyModel)</ },
  { layers: ['projections'], suffix: '.live-model.ts', declares: /= liveModel</ },
];

describe.each(ROLES)('files $suffix of $layers', ({ layers, suffix, declares }) => {
  it('have what the suffix says, and are the only ones', () => {
    const files = layers.flatMap(sourcesOf).filter((path) => !/^[\w-]+\/shared\//.test(path));
    const declaring = files.filter((path) => declares.test(read(path)));
    expect(declaring.length).toBeGreaterThan(0);
    expect(declaring).toEqual(
      files.filter((path) => (typeof suffix === 'string' ? path.endsWith(suffix) : suffix.test(path))),
    );
  });
});

const processes = readdirSync(new URL('sagas/', root)).filter(
  (name) => !name.endsWith('.ts') && /\banySaga</.test(sourcesOf(`sagas/${name}`).map(read).join('')),
);
/** Lines up to which a process is one file, as a context's decider is. */
const ONE_FILE = 250;

describe.each(processes)('the process %s', (process) => {
  it('is one file of its name, and a file of its steps only where that would be long', () => {
    const files = sourcesOf(`sagas/${process}`).filter((path) => !path.endsWith('/index.ts'));
    const lines = files.reduce((sum, path) => sum + read(path).split('\n').length - 1, 0);
    const steps = lines > ONE_FILE ? [`sagas/${process}/steps.ts`] : [];
    expect(files.toSorted()).toEqual([`sagas/${process}/${process}.ts`, ...steps].toSorted());
  });
});

describe('functions of the layers', () => {
  it('are declarations where they have a body of statements', () => {
    const arrow = /^(export )?const \w+ = (async )?[(<](.*|(\n {2}.*)+\n\).*)=> \{$/m;
    const layers = ['domain', 'projections', 'read-api', 'sagas', 'write-side'];
    expect(layers.flatMap(sourcesOf).filter((path) => arrow.test(read(path)))).toEqual([]);
  });
});
