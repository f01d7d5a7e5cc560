import http from 'node:http';

/**
 * Asks a server on this machine with GET, past every proxy.
 *
 * @param {string} url
 * @param {{ milliseconds?: number }} [options] - How long to wait for the whole answer.
 * @returns {Promise<{ status: number, body: string } | undefined>} Undefined when nobody answers in time.
 */
export function answers(url, { milliseconds = 2_000 } = {}) {
  return new Promise((resolve) => {
    const request = http.get(url, { agent: false, signal: AbortSignal.timeout(milliseconds) }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text) => (body += text));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      response.on('error', () => resolve(undefined));
    });
    request.on('error', () => resolve(undefined));
  });
}
