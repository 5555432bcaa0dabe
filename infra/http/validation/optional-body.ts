const optional = new WeakSet<object>();

/** A body whose members are all optional may be left out altogether: it is `{}` then. */
export const OptionalBody = (): ClassDecorator => (type) => void optional.add(type);

export const mayBeLeftOut = (type: object): boolean => optional.has(type);
