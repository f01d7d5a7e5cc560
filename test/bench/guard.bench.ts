import http from 'node:http';
import { startFakeOllama } from '../support/fake-ollama/start.ts';
import { completion, createWorld, part } from '../egress/support/world.ts';

// What the door costs: time to the first token through the guard, the proof, our own socket and the client library, against
// the same request written by hand with Node's http to the same server in the same run.
const rounds = 300;
const model = 'qwen2.5-coder:1.5b';
const server = await startFakeOllama({
  models: [{ name: model, family: 'qwen2', loaded: true }],
  answer: () => 'ok',
  defaultContext: 8192,
});
const { guard } = createWorld({ backends: [{ id: 'ollama', kind: 'ollama', url: server.url }] });
const text = 'const value = compute(input);\n'.repeat(150);
const prompt = completion([part('prefix', text), part('suffix', '\n}')]);

try {
  const guarded: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    guarded.push(await timed(viaGuard));
    bare.push(await timed(byHand));
  }
  const line = (name: string, times: readonly number[]): string =>
    `${name.padEnd(22)} median ${quantile(times, 0.5)} ms · p95 ${quantile(times, 0.95)} ms`;
  console.log(`time to the first token, ${rounds} rounds, prompt of ${text.length} characters`);
  console.log(line('through the guard', guarded));
  console.log(line('by hand', bare));
  console.log(
    `price of the door      median ${(Number(quantile(guarded, 0.5)) - Number(quantile(bare, 0.5))).toFixed(2)} ms`,
  );
} finally {
  await server.stop();
}

async function viaGuard(): Promise<void> {
  const never = new AbortController().signal;
  for await (const event of guard.send(prompt, { backend: 'ollama', model }, never)) if (event.kind === 'delta') return;
}

async function byHand(): Promise<void> {
  const body = JSON.stringify({
    model,
    prompt: text,
    raw: true,
    stream: true,
    think: false,
    options: { num_ctx: 8192 },
  });
  await new Promise<void>((resolve, reject) => {
    const request = http.request(`${server.url}/api/generate`, { method: 'POST', agent: false }, (response) => {
      response.once('data', () => {
        response.destroy();
        resolve();
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

async function timed(work: () => Promise<void>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

function quantile(times: readonly number[], share: number): string {
  const sorted = times.toSorted((a, b) => a - b);
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(2);
}
