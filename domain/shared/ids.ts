import { v5 } from 'uuid';

/** An id that follows from another one and a name, so that doing it again makes the same: UUID v5. `parent` is a UUID. */
export const deriveId = (parent: string, name: string): string => v5(name, parent);
