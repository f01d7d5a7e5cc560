import { startFakeOllama, type FakeOllama } from '../../support/fake-ollama/start.ts';
import type { FakeOllamaOptions } from '../../support/fake-ollama/options.ts';

/** Runs a test against a fake Ollama of its own and stops it whatever happens. */
export async function withOllama(options: FakeOllamaOptions, test: (fake: FakeOllama) => Promise<void>): Promise<void> {
  const fake = await startFakeOllama(options);
  try {
    await test(fake);
  } finally {
    await fake.stop();
  }
}
