import { momentText } from '../../../../shared/format/index.js';
import { kindText } from './causation-picture.js';
import type { Causation, CausationNode } from './layout.js';

interface NodeDetailsProps {
  readonly graph: Causation;
  readonly chosen: string;
  readonly onChoose: (id: string) => void;
}

/** What a node is, with the ways on to its causes and to what it led to. */
export function NodeDetails({ graph, chosen, onChoose }: NodeDetailsProps) {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  const node = byId.get(chosen);
  if (node === undefined) return null;
  const at = (ids: readonly string[]) => ids.flatMap((id) => byId.get(id) ?? []);
  const causes = at(graph.edges.filter(({ to }) => to === chosen).map(({ from }) => from));
  const effects = at(graph.edges.filter(({ from }) => from === chosen).map(({ to }) => to));
  return (
    <section className="card stack causation-details" aria-labelledby="node" aria-live="polite">
      <div>
        <p className="soft small">{kindText(node.kind)}</p>
        <h2 id="node">
          <bdi>{node.title}</bdi>
        </h2>
      </div>
      <Facts node={node} />
      <Ways title="What led to it" none="Nothing: it began with this." nodes={causes} onChoose={onChoose} />
      <Ways title="What it led to" none="Nothing further." nodes={effects} onChoose={onChoose} />
    </section>
  );
}

function Facts({ node: { id, at, actor, stream, outcome, call } }: { readonly node: CausationNode }) {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['When', momentText(at)],
    ['Who', actor],
    ['Stream', stream],
    ['Outcome', outcome],
    ['Answer', call?.answer],
    ['Took', call === undefined || call.durationMs === null ? undefined : `${call.durationMs} ms`],
    ['Idempotency key', call?.idempotencyKey],
    ['Id', id],
  ];
  return (
    <dl className="node-facts small">
      {facts.map(([name, value]) =>
        value === undefined ? null : (
          <div key={name}>
            <dt className="soft">{name}</dt>
            <dd className="break">
              <bdi>{value}</bdi>
            </dd>
          </div>
        ),
      )}
    </dl>
  );
}

interface WaysProps extends Pick<NodeDetailsProps, 'onChoose'> {
  readonly title: string;
  readonly none: string;
  readonly nodes: readonly CausationNode[];
}

const Ways = ({ title, none, nodes, onChoose }: WaysProps) => (
  <div>
    <h3>{title}</h3>
    {nodes.length === 0 ? <p className="soft">{none}</p> : null}
    <ul className="plain tight">
      {nodes.map(({ id, title: name }) => (
        <li key={id}>
          <button type="button" className="button way" onClick={() => onChoose(id)}>
            <bdi>{name}</bdi>
          </button>
        </li>
      ))}
    </ul>
  </div>
);
