import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nearestPossibleZone, parseDestination } from '../../../src/core/zone/destination.ts';
import type { Zone } from '../../../src/core/label/reach.ts';

describe('parseDestination', () => {
  for (const [url, why] of [
    ['localhost:11434', 'The address must begin with http or https.'],
    ['', 'The address is not a URL.'],
    ['ftp://127.0.0.1', 'The address must begin with http or https.'],
    ['unix:///var/run/x.sock', 'The address must begin with http or https.'],
    ['http://localhost@evil.example', 'The address must not hold a user name or password.'],
    ['http://u:p@127.0.0.1', 'The address must not hold a user name or password.'],
    ['http://127.0.0.1/?x=1', 'The address must not hold a query or fragment.'],
    ['http://127.0.0.1/#x', 'The address must not hold a query or fragment.'],
  ] as const)
    it(`refuses "${url}"`, () => assert.deepEqual(parseDestination(url), { kind: 'invalid', why }));

  it('takes apart what it accepts', () => {
    const parsed = parseDestination('https://Inference.Example/v1/');
    assert.ok(parsed.kind === 'destination');
    const { origin, port, secure, basePath, host } = parsed.destination;
    assert.deepEqual(
      { origin, port, secure, basePath, host },
      { origin: 'https://inference.example', port: 443, secure: true, basePath: '/v1', host: { kind: 'name' } },
    );
  });
});

describe('nearestPossibleZone', () => {
  for (const [url, attested, zone] of [
    ['http://127.0.0.1:11434', undefined, 'device'],
    ['http://localhost:1234', undefined, 'device'],
    ['http://0.0.0.0:11434', undefined, 'cloud'],
    ['http://10.0.0.7:11434', undefined, 'cloud'],
    ['http://10.0.0.7:11434', 'perimeter', 'perimeter'],
    ['http://10.0.0.7:11434', 'device', 'perimeter'],
    ['https://openrouter.ai/api/v1', 'perimeter', 'cloud'],
    ['https://eu.openrouter.ai./api/v1', 'perimeter', 'cloud'],
    ['https://notopenrouter.ai', 'perimeter', 'perimeter'],
    ['https://ollama.com', 'device', 'cloud'],
  ] as const)
    it(`is ${zone} for ${url} attested ${attested ?? 'nothing'}`, () => {
      const parsed = parseDestination(url);
      assert.ok(parsed.kind === 'destination');
      assert.equal(nearestPossibleZone(parsed.destination, attested satisfies Zone | undefined), zone);
    });
});
