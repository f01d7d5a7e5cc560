import { findAnswer } from '../../core/chat/conversation.ts';
import { mintDeclassification } from '../../core/declassify/declassification.ts';
import type { Leave } from '../../core/declassify/leave.ts';
import { withoutNotice, type ConverseDesk } from './desk.ts';
import type { ConversePorts } from './ports.ts';
import { promptFor, requiring } from './prompt.ts';
import type { Runner } from './run.ts';

/** Sending a part beyond its reach after all: first the exact preview, then, as a second act, the leave. */
export type Declassifier = {
  /** Shows a part that was held back exactly as it would be sent, and where to. */
  readonly preview: (answer: string, part: string) => Promise<void>;
  readonly close: () => void;
  /** The user agrees to what that preview shows: it goes along with this one request, to this one place. */
  readonly send: (offer: string) => Promise<void>;
};

export function createDeclassifier(ports: ConversePorts, desk: ConverseDesk, runner: Runner): Declassifier {
  let looking = new AbortController();
  const close = (): void => {
    looking.abort();
    desk.change((state) => ({ ...withoutNotice(state), offer: undefined }));
  };
  return {
    close,
    preview: async (answer, part) => {
      close();
      const own = (looking = new AbortController());
      const found = await findOffer(ports, desk, { answer, part, signal: own.signal });
      if (own.signal.aborted) return;
      desk.change((state) => ({ ...state, ...(found ? { offer: found } : { notice: cannot }) }));
    },
    send: async (id) => {
      const { offer, granted, conversation } = desk.state();
      const answer = offer && findAnswer(conversation, offer.answer);
      // An older preview, or one of another answer, agrees to nothing.
      if (offer?.id !== id || answer?.state.kind !== 'withheld') return;
      close();
      const leave: Leave = {
        part: offer.offer.part,
        title: offer.title,
        declassification: mintDeclassification({ ...offer.offer, id: ports.newId(), at: ports.clock.now() }),
      };
      const before = granted?.answer === offer.answer ? granted.leaves.filter(({ part }) => part !== leave.part) : [];
      await runner.retry(offer.answer, answer.model, [...before, leave]);
    },
  };
}

const cannot = 'That part cannot be sent after all: the policy, the text or the server is no longer what it was.';

/** Asks the guard anew: what it says of the part now is what the user sees and agrees to. */
async function findOffer(
  ports: ConversePorts,
  desk: ConverseDesk,
  { answer: id, part, signal }: { readonly answer: string; readonly part: string; readonly signal: AbortSignal },
) {
  const { conversation } = desk.state();
  const answer = findAnswer(conversation, id);
  if (answer?.state.kind !== 'withheld') return undefined;
  const item = answer.state.items.find((each) => each.id === part && each.mayDeclassify);
  const { prompt } = promptFor(ports, desk, { answer: id, without: [] });
  const shown = prompt.parts.find((each) => each.id === part);
  if (!item || !shown) return undefined;
  const look = requiring(prompt, () => false);
  const found = await ports.guard.preview(look, answer.model, signal);
  const offer = found.kind === 'decided' ? found.offers?.find((each) => each.part === part) : undefined;
  if (!offer) return undefined;
  return {
    id: ports.newId(),
    answer: id,
    title: shown.title,
    text: shown.text,
    rules: item.rules,
    why: item.why,
    offer,
  };
}
