import { parentPort, workerData } from 'node:worker_threads';
import { messageOf } from '../sqlite-errors.js';
import type { Failed, FromWriter, Poisoned, ToWriter, Written } from './writer-protocol.js';

/** A file that is open for writing. */
export interface WritableFile<Group, Answer extends Written, Opened> {
  /** What the caller is told of the file. */
  readonly opened: Opened;
  /** Writes a group. An error that it throws ends the thread. */
  write(group: Group): Answer | Failed | Promise<Answer | Failed>;
  /** Does the upkeep after a group that was written and answered; tells why nothing may be written any more, or null. */
  maintain?(): string | null;
  close(): void | Promise<void>;
}

/** Serves a file's write connection on this thread, see WriterThread: `open` gets what the thread was started with. */
export async function serveWriter<Options, Group, Answer extends Written, Opened>(
  open: (options: Options) => WritableFile<Group, Answer, Opened> | Promise<WritableFile<Group, Answer, Opened>>,
): Promise<void> {
  const tell = (message: FromWriter<Answer, Opened>): void => parentPort?.postMessage(message);
  try {
    const file = await open(workerData as Options);
    parentPort?.on('message', (message: ToWriter<Group>) => void serve(file, message, tell));
    tell({ kind: 'opened', opened: file.opened });
  } catch (error) {
    tell({ kind: 'refused', message: messageOf(error) });
    parentPort?.close();
  }
}

async function serve<Group, Answer extends Written, Opened>(
  file: WritableFile<Group, Answer, Opened>,
  message: ToWriter<Group>,
  tell: (message: Answer | Failed | Poisoned) => void,
): Promise<void> {
  if (message.kind === 'close') {
    await file.close();
    parentPort?.close();
    return;
  }
  const answer = await file.write(message.group);
  tell(answer);
  if (answer.kind !== 'written') return;
  const reason = file.maintain?.() ?? null;
  if (reason !== null) tell({ kind: 'poisoned', message: reason });
}
