// Which event is declared where, who decides it and who takes it, by where the code names it.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';

export const LAYERS = ['domain', 'write-side', 'sagas', 'projections', 'read-api'];

const EVENT = /'([a-z]+(?:-[a-z]+)*\.[a-z]+(?:-[a-z]+)*\.v\d+)'/g;
/** An event that is written, not one that is declared, folded or followed. */
const DECIDED = new RegExp(`\\btype: ${EVENT.source}`, 'g');
const eventsIn = (text, pattern) => new Set([...text.matchAll(pattern)].map(([, type]) => type));

const isSource = (path) => path.endsWith('.ts') && !/\.(spec|contract)\.ts$|\/test-support\//.test(path);
function sourcesBelow(folder) {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return entries.flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourcesBelow(path) : isSource(path) ? [path] : [];
  });
}

const partsOf = (path) => path.split('/');
/** `projections/order` of a file in it; a saga or read model is named by its folder. */
const placeOf = (path) => partsOf(path).slice(0, 2).join('/');

/**
 * Reads the sources below the root. `declared`: `{type, context}` of each event; `decides(event)`: whether its context writes it;
 * `placesWith(type, layers)`: the folders of these layers that name it.
 */
export function eventPlaces(root) {
  const files = [...LAYERS, 'infra/integration-events']
    .flatMap((folder) => sourcesBelow(join(root, folder)))
    .map((path) => ({ path: relative(root, path).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') }))
    .map(({ path, text }) => ({ path, events: eventsIn(text, EVENT), decided: eventsIn(text, DECIDED) }));
  return {
    declared: files
      .filter(({ path }) => /^domain\/[^/]+\/events\.ts$/.test(path))
      .flatMap(({ path, events }) => [...events].map((type) => ({ type, context: partsOf(path)[1] }))),
    decides: ({ type, context }) =>
      files.some(({ path, decided }) => path.startsWith(`domain/${context}/`) && decided.has(type)),
    placesWith: (type, layers) => {
      const found = files.filter(({ path, events }) => layers.includes(partsOf(path)[0]) && events.has(type));
      return [...new Set(found.map(({ path }) => placeOf(path)))].sort();
    },
  };
}
