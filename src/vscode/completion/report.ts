import type { CompletionEvent } from '../../assistant/completeInline/ports.ts';
import type { ProblemNotice } from '../status/problemNotice.ts';
import type { createStatusFeed } from '../status/statusFeed.ts';

type Parts = {
  readonly feed: Pick<ReturnType<typeof createStatusFeed>, 'completion'>;
  readonly notice: ProblemNotice;
  readonly log: (line: string) => void;
};

/** Shows what happens to completion: in the status bar, in the log, and once for each cause where one action mends it. */
export function createCompletionReport({ feed, notice, log }: Parts): (event: CompletionEvent) => void {
  return (event) => {
    feed.completion(event);
    log(`completion ${event.kind}`);
    if (event.kind === 'failed') notice.show(event.error, event.model, 'completion');
    if (event.kind === 'unfit') notice.show({ reason: 'no-insert', message: event.why }, event.model, 'completion');
  };
}
