import type { Attachment } from '../../core/chat/conversation.ts';
import { withoutNotice, type ConverseDesk } from './desk.ts';
import type { ConversePorts, LabelledDocument, ReadResult } from './ports.ts';

/** Puts what was read beside the next question, or says why there was nothing to read. */
export async function attach(ports: ConversePorts, desk: ConverseDesk, reading: Promise<ReadResult>): Promise<void> {
  const result = await settled(ports, reading);
  desk.change((before) => {
    const state = withoutNotice(before);
    if (result.kind === 'nothing') return { ...state, notice: result.message };
    const { document } = result;
    const rest = state.attachments.filter(({ uri, title }) => uri !== document.uri || title !== document.title);
    return { ...state, attachments: [...rest, { id: ports.newId(), ...document }] };
  });
}

/** Whole files as they are now, selections as they were picked; or the sentence that says which one cannot be read. */
export async function rereadAttachments(
  ports: ConversePorts,
  attachments: readonly Attachment[],
): Promise<readonly Attachment[] | string> {
  const fresh: Attachment[] = [];
  for (const attachment of attachments) {
    const result = attachment.whole ? await settled(ports, ports.files.file(attachment.uri)) : undefined;
    if (result?.kind === 'nothing') return result.message;
    fresh.push(result ? { ...attachment, ...pieceOf(result.document) } : attachment);
  }
  return fresh;
}

function pieceOf({ title, text }: LabelledDocument): Pick<Attachment, 'title' | 'text'> {
  return { title, text };
}

async function settled({ log }: ConversePorts, reading: Promise<ReadResult>): Promise<ReadResult> {
  try {
    return await reading;
  } catch (cause) {
    log(`Reading an attachment failed: ${cause instanceof Error ? cause.name : 'unknown cause'}`);
    return { kind: 'nothing', message: 'That file could not be read.' };
  }
}
