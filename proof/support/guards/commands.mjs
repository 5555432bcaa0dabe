// What guards how commands are decided, recorded once and answered: each taken out, a spec has to go red.
const COMMANDS = 'infra/engine/commands';
const REPEATED = [`${COMMANDS}/repeated-commands.spec.ts`];
const FORGOTTEN = [`${COMMANDS}/forgotten-commands.spec.ts`];
const CACHED = [`${COMMANDS}/cached-state.spec.ts`];
const UNITS = [`${COMMANDS}/unit-of-work.spec.ts`];

export const commandGuards = [
  {
    name: 'commands and sagas’ steps are decided on the newest revision',
    file: `${COMMANDS}/aggregate-repository.ts`,
    find: "expectedRevision: revision < 0 ? 'no-stream' : revision,",
    replace: "expectedRevision: 'any',",
    specs: [`${COMMANDS}/executor.spec.ts`],
  },
  {
    name: 'nothing is refused out of a state that has changed',
    file: `${COMMANDS}/executor.ts`,
    find: 'throw new WrongExpectedRevisionError(this.stream, revision, newer.revision);',
    replace: 'void newer;',
    specs: [`${COMMANDS}/executor.spec.ts`],
  },
  {
    name: 'what a unit of work decided in vain is not decided on',
    file: `${COMMANDS}/unit-of-work.ts`,
    find: 'if (decided !== null) this.ports.aggregates.drop(stream);',
    replace: '',
    specs: UNITS,
  },
  {
    name: 'a command is looked up in its stream before it is decided again',
    file: `${COMMANDS}/decided-commands.ts`,
    find: 'return (await this.recorded.store.findCommand(this.stream, commandId)).length > 0;',
    replace: 'return false;',
    specs: REPEATED,
  },
  {
    name: 'a command that the state remembers is not decided again',
    file: `${COMMANDS}/decided-commands.ts`,
    find: 'if (this.folded.commands.has(commandId)) return true;',
    replace: '',
    specs: REPEATED,
  },
  {
    name: 'a key that comes with another body is refused',
    file: `${COMMANDS}/decided-commands.ts`,
    find: "if (last.metadata.requestHash !== requestHash) return { kind: 'id-reused' };",
    replace: '',
    specs: REPEATED,
  },
  {
    name: 'If-Match is compared with the revision at the moment of deciding',
    file: `${COMMANDS}/decided-commands.ts`,
    find: '!expectedRevision.includes(folded.revision)',
    replace: 'expectedRevision.length > 99',
    specs: [`${COMMANDS}/executor.spec.ts`],
  },
  {
    name: 'what a unit of work has already is not decided in another',
    file: `${COMMANDS}/unit-of-work.ts`,
    find: ' || folded.commands.has(context.commandId)',
    replace: '',
    specs: UNITS,
  },
  {
    name: 'a unit of work that may be recorded is not tried without what follows',
    file: `${COMMANDS}/executor.ts`,
    find: ' || error instanceof UnknownOutcomeError) throw error;',
    replace: ') throw error;',
    specs: UNITS,
  },
  {
    name: 'nobody is shown a state that is not recorded',
    file: `${COMMANDS}/executor.ts`,
    find: 'const isBusy = this.queues.has(stream);',
    replace: 'const isBusy = false;',
    specs: CACHED,
  },
  {
    name: 'a state is dropped when another process goes on',
    file: `${COMMANDS}/aggregate-repository.ts`,
    find: 'if (known !== undefined && revision > known.revision) this.cache.delete(stream);',
    replace: '',
    specs: CACHED,
  },
  {
    name: 'a state is not replaced by an older one',
    file: `${COMMANDS}/aggregate-repository.ts`,
    find: 'if (newer !== undefined) return newer;',
    replace: '',
    specs: CACHED,
  },
  {
    name: 'a state that was read before another process went on is not kept',
    file: `${COMMANDS}/aggregate-repository.ts`,
    find: 'if (folded.revision >= (this.noticed.get(stream) ?? -1)) ',
    replace: '',
    specs: CACHED,
  },
  {
    name: 'a state is dropped when a command of another stream goes on with it',
    file: `${COMMANDS}/executor.ts`,
    find: 'if (appended !== null) aggregates.dropBefore(batch.stream, appended.revision);',
    replace: 'void appended;',
    specs: CACHED,
  },
  {
    name: 'a command that meets a conflict is looked up',
    file: `${COMMANDS}/executor.ts`,
    find: '        this.markAsPossibleDuplicates();\n        if (!(await',
    replace: '        if (!(await',
    specs: FORGOTTEN,
  },
  {
    name: 'a command of which an earlier try is recorded is looked up',
    file: `${COMMANDS}/executor.ts`,
    find: '    this.markAsPossibleDuplicates();\n    this.ports.aggregates.drop(this.stream);',
    replace: '    this.ports.aggregates.drop(this.stream);',
    specs: FORGOTTEN,
  },
  {
    name: 'a command is answered from what an earlier try recorded',
    file: `${COMMANDS}/executor.ts`,
    find: ' || own.appended.events.length < decided.events.length',
    replace: '',
    specs: REPEATED,
  },
  {
    name: 'a command that waited for long is looked up',
    file: `${COMMANDS}/decided-commands.ts`,
    find: ' || performance.now() - this.queuedAt > EXCLUSIVE_WINDOW_MS',
    replace: '',
    specs: FORGOTTEN,
  },
  {
    name: 'a command that a state has forgotten is not taken for new',
    file: `${COMMANDS}/aggregate-repository.ts`,
    find: '  folded.commandsComplete = false;\n',
    replace: '',
    specs: FORGOTTEN,
  },
  {
    name: 'an older state does not begin with a newer snapshot',
    file: `${COMMANDS}/aggregate-repository.ts`,
    find: ' || found.revision > upTo',
    replace: '',
    specs: FORGOTTEN,
  },
];
