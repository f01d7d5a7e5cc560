import { createServer } from 'node:net';

/**
 * A port of 127.0.0.1 that nobody listens on at this moment. Someone else may take it before its user does; who starts a
 * server on it must be ready to try another.
 *
 * @returns {Promise<number>}
 */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}
