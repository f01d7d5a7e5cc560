import type { AnswerView } from '../core/protocol/view.ts';

/** What a screen reader is told when an answer has ended. */
export function spoken(view: AnswerView): string | undefined {
  switch (view.state.kind) {
    case 'working':
    case 'streaming':
      return undefined;
    case 'done':
      return `Ringfence answered: ${view.text.slice(0, 4000)}`;
    case 'stopped':
      return 'Stopped.';
    case 'withheld':
      return `Nothing was sent: ${parts(view.state.items.length)} of this chat may not go there. Choose what to do.`;
    case 'problem':
      return view.state.problem.message;
  }
}

/** Whether nothing more will come. */
export function hasEnded({ state }: AnswerView): boolean {
  return state.kind !== 'working' && state.kind !== 'streaming';
}

function parts(count: number): string {
  return count === 1 ? 'one part' : `${count} parts`;
}
