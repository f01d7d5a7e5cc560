import * as vscode from 'vscode';
import type { Answer, RingfenceApi, Served } from './api.ts';

/** The API at once, before what answers it is loaded: every call waits for that. */
export function awaitApi(loading: Promise<RingfenceApi>): RingfenceApi {
  const served = new vscode.EventEmitter<Served>();
  loading.then(
    (api) => void api.onDidServe((event) => served.fire(event)),
    // Each caller is told by its own call.
    () => undefined,
  );
  return {
    explain: async (uri) => (await loading).explain(uri),
    ask: (request) => answerOf(loading.then((api) => api.ask(request))),
    onDidServe: served.event,
  };
}

function answerOf(answer: Promise<Answer>): Answer {
  return {
    result: answer.then(({ result }) => result),
    async *[Symbol.asyncIterator]() {
      yield* await answer;
    },
  };
}
