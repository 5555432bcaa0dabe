// What holds of every log, whatever is in it.

/** Positions increase, revisions have no gap, no id is there twice, and a command is one run of events in a stream. */
export function logFaults(events) {
  const faults = [];
  const streams = new Map();
  let last = { position: '', at: '' };
  for (const event of events) {
    const { id, stream, revision, position, at, commandId } = event;
    const seen = streams.get(stream) ?? { revision: -1, commands: new Set(), command: null };
    if (position <= last.position) faults.push(`${id} stands at ${position}, behind ${last.position}`);
    if (at < last.at) faults.push(`${id} happened at ${at}, before the event in front of it`);
    if (revision !== seen.revision + 1) faults.push(`${stream} goes from revision ${seen.revision} to ${revision}`);
    if (commandId !== seen.command && seen.commands.has(commandId))
      faults.push(`${stream} has command ${commandId} a second time at revision ${revision}`);
    streams.set(stream, { revision, commands: seen.commands.add(commandId), command: commandId });
    last = { position, at };
  }
  const ids = new Set(events.map(({ id }) => id));
  if (ids.size < events.length) faults.push(`${events.length} events have ${ids.size} ids`);
  return faults;
}

/**
 * Acknowledged commands that the log does not have, or has as one and the same.
 * @param {{ stream: string, revision: number }[]} acknowledged the revision that each answer gave (`ETag`) for the stream that it
 *   changed; an answer that was given again is named once
 */
export function lostCommands(events, acknowledged) {
  const lengths = new Map();
  for (const { stream } of events) lengths.set(stream, (lengths.get(stream) ?? 0) + 1);
  const faults = [];
  const answered = new Set();
  for (const { stream, revision } of acknowledged) {
    const name = `${stream} at revision ${revision}`;
    if (revision >= (lengths.get(stream) ?? 0)) faults.push(`${name} was acknowledged and is not in the log`);
    if (answered.has(name)) faults.push(`${name} was acknowledged to two commands`);
    answered.add(name);
  }
  return faults;
}
