// What guards the log, and what follows by it: each taken out, a spec has to go red.
const SQLITE = 'infra/event-store/sqlite';
const SAGAS = 'infra/engine/sagas';
const STORE_SUITE = [`${SQLITE}/sqlite-event-store.spec.ts`];

export const logGuards = [
  {
    name: 'an append is at the revision that it expects',
    file: `${SQLITE}/log-writer.ts`,
    find: 'if (expected !== EXPECT_ANY) return this.#wrongRevision(stream);',
    replace: '',
    specs: STORE_SUITE,
  },
  {
    name: 'a batch that is sent again adds nothing',
    file: `${SQLITE}/log-writer.ts`,
    find: 'if (recorded !== null) return recorded;',
    replace: '',
    specs: STORE_SUITE,
  },
  {
    name: 'no two events of a batch have one id',
    file: `${SQLITE}/log-writer.ts`,
    find: 'return repeated < 0 ? null : [ID_CONFLICT, repeated, 0];',
    replace: 'return null;',
    specs: STORE_SUITE,
  },
  {
    name: 'nothing is written after a sync has failed',
    file: `${SQLITE}/log-writer.ts`,
    find: 'this.#poison ??= messageOf(error);\n    return this.#poison;',
    replace: 'return messageOf(error);',
    specs: [`${SQLITE}/log-writer.spec.ts`, `${SQLITE}/group-commit.spec.ts`, `${SQLITE}/durability.spec.ts`],
  },
  {
    name: 'a commit is synced fully',
    file: 'infra/sqlite/sqlite-file.ts',
    find: 'if (synchronous !== wanted.number)',
    replace: 'if (synchronous === null)',
    specs: [`${SQLITE}/log-file.spec.ts`, `${SQLITE}/durability.spec.ts`],
  },
  {
    name: 'a directory that is made outlasts a power loss',
    file: 'infra/shared/directories.ts',
    find: '  syncDirectory(parent);\n',
    replace: '',
    specs: ['infra/shared/directories.spec.ts'],
  },
  {
    name: 'a secret that is made outlasts a power loss',
    file: 'infra/config/secrets.ts',
    find: ', flush: true });\n    linkSync(',
    replace: ' });\n    linkSync(',
    specs: ['infra/config/secrets.spec.ts'],
  },
  {
    name: 'events cannot be changed',
    file: `${SQLITE}/schema.ts`,
    find: "BEGIN SELECT RAISE(ABORT, '${table} cannot be changed: ${verb} refused'); END;`",
    replace: 'BEGIN SELECT 1; END;`',
    specs: [`${SQLITE}/log-file.spec.ts`, `${SQLITE}/durability.spec.ts`],
  },
  {
    name: 'a saga records a step before it sends what the step says',
    file: `${SAGAS}/step-runner.ts`,
    find: 'await this.options.store.append(instance, batch);\n      return () => this.sendAll(instance, step);',
    replace:
      'this.sendAll(instance, step);\n      await this.options.store.append(instance, batch);\n      return () => undefined;',
    specs: [`${SAGAS}/runner.spec.ts`],
  },
  {
    name: 'an event comes to nothing only by what is recorded of its saga',
    file: `${SAGAS}/step-runner.ts`,
    find: 'if (isKnown && (await this.isOutdated(instance, step))) continue;',
    replace: '',
    specs: [`${SAGAS}/outdated-runner.spec.ts`],
  },
  {
    name: 'the sagas’ place in another log is refused',
    file: `${SAGAS}/cursor.ts`,
    find: 'if (logId !== eventStore.logId) throw',
    replace: "if (logId === '') throw",
    specs: [`${SAGAS}/runner.spec.ts`],
  },
  {
    name: 'a document skips what it has folded',
    file: 'infra/engine/projections/projection.ts',
    find: '    if (document.position !== null && event.position <= document.position && document.last !== event) return false;',
    replace: '',
    specs: ['infra/engine/projections/folding.spec.ts'],
  },
  {
    name: 'a document is written only over an older one',
    file: 'infra/sqlite/documents/document-writer.ts',
    find: 'else if (row[1] < position) this.#replace(',
    replace: 'else this.#replace(',
    specs: ['infra/read-model-store/sqlite/sqlite-read-model-store.spec.ts'],
  },
  {
    name: 'what is searched is written only over what is older',
    file: 'infra/search-index/sqlite-fts5/document-writer.ts',
    find: 'if (before !== undefined && before.position >= position) return;',
    replace: '',
    specs: ['infra/search-index/sqlite-fts5/sqlite-search-index.spec.ts'],
  },
  {
    name: 'a checkpoint moves only from where its mover left it',
    file: 'infra/sqlite/documents/collection-catalog.ts',
    find: 'if (changes === 0) throw new CheckpointConflictError(name);',
    replace: '',
    specs: ['infra/read-model-store/sqlite/sqlite-read-model-store.spec.ts'],
  },
];
