import type { EventStore, ReadAllOptions, ReadStreamOptions, RecordedEvent } from '../../event-store/index.js';
import { personsNulled } from '../../../read-api/shared/index.js';
import type { Position } from '../../shared/position.js';
import { parsedText, textOf } from '../../event-store/index.js';

/** The log as analysts may see it, up to a position: what is personal is null. */
export class AnalystsLog {
  /** @param sealed with what is personal sealed */
  constructor(
    private readonly sealed: EventStore,
    private readonly upTo: Position,
  ) {}

  get logId(): string {
    return this.sealed.logId;
  }

  async *read(stream: string, options?: ReadStreamOptions): AsyncGenerator<RecordedEvent> {
    for await (const event of this.sealed.read(stream, options)) {
      if (event.position > this.upTo) return;
      yield parsedText({ ...textOf(event), text: personsNulled(textOf(event)) });
    }
  }

  async *readAll(options?: ReadAllOptions): AsyncGenerator<RecordedEvent> {
    for await (const page of this.sealed.readTexts(options)) {
      for (const event of page) {
        if (event.position > this.upTo) return;
        yield parsedText({ ...event, text: personsNulled(event) });
      }
    }
  }
}
