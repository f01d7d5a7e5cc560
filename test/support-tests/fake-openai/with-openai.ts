import type { FakeOpenAIOptions } from '../../support/fake-openai/options.ts';
import { startFakeOpenAI, type FakeOpenAI } from '../../support/fake-openai/start.ts';
import { parseJson, record, type JsonRecord } from '../../support/fake-server/json.ts';
import type { Reply } from '../http.ts';

/** Runs a test against a fake OpenAI-compatible server of its own and stops it whatever happens. */
export async function withOpenAI(options: FakeOpenAIOptions, test: (fake: FakeOpenAI) => Promise<void>): Promise<void> {
  const fake = await startFakeOpenAI({ models: [{ id: 'm' }], ...options });
  try {
    await test(fake);
  } finally {
    await fake.stop();
  }
}

/** The JSON chunks of an event stream, `[DONE]` left out. */
export function chunksOf({ data }: Reply): readonly JsonRecord[] {
  return data.filter((line) => line !== '[DONE]').map((line) => record(parseJson(line)));
}
