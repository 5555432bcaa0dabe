import { Server } from '@grpc/grpc-js';
import { Listener } from './listener.js';

describe('the ports of listeners', () => {
  it('are never the same within a process, though each is free again', async () => {
    const grpc = new Server();
    const ports = new Set<number>();
    // The system gives one of before to a few in a hundred.
    for (let n = 0; n < 600; n += 1) {
      const listener = new Listener(grpc, () => undefined);
      await listener.open();
      ports.add(listener.port);
      await listener.destroy();
    }
    grpc.forceShutdown();
    expect(ports.size).toBe(600);
  });
});
