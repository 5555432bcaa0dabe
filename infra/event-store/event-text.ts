import type { JsonObject } from '../../domain/shared/json.js';
import type { EventText, RecordedEvent } from './event-store.js';

export function textOf({ data, ...rest }: RecordedEvent): EventText {
  return { ...rest, text: JSON.stringify(data) };
}

export function parsedText({ text, ...rest }: EventText): RecordedEvent {
  return { ...rest, data: JSON.parse(text) as JsonObject };
}
