import { emptyConversation, type Attachment, type Conversation } from '../../core/chat/conversation.ts';
import { titleOf } from '../../core/chat/messageView.ts';
import { restore } from '../../core/chat/restore.ts';
import { serialise } from '../../core/chat/serialise.ts';
import type { SessionView } from '../../core/protocol/view.ts';
import type { ConverseDesk } from './desk.ts';
import type { ConversePorts } from './ports.ts';

/** Conversations on disk: what is open is saved, labels included, and others can be opened. */
export type Sessions = {
  /** Opens what was open when the window closed. */
  readonly restoreLast: () => Promise<void>;
  /** Saves what is open; now, or when the last saving is a while back. */
  readonly save: (when: 'now' | 'soon') => Promise<void>;
  readonly list: () => Promise<readonly SessionView[]>;
  readonly open: (id: string) => Promise<void>;
  readonly remove: (id: string) => Promise<void>;
  readonly startNew: () => void;
};

/** Milliseconds between two savings of an answer that streams. */
const pause = 3000;
/** Conversations kept; the oldest go first. */
const kept = 200;

export function createSessions(ports: ConversePorts, desk: ConverseDesk): Sessions {
  const { store, clock, log } = ports;
  let savedAt = 0;
  let saved: Conversation | undefined;
  let writing: Promise<void> = Promise.resolve();
  const show = (conversation: Conversation, attachments: readonly Attachment[] = []): void => {
    saved = conversation;
    store.setLastOpen(conversation.id);
    desk.change((state) => ({
      ...state,
      conversation,
      attachments,
      notice: undefined,
      offer: undefined,
      granted: undefined,
    }));
  };
  const startNew = () => show(emptyConversation(ports.newId(), clock.now()));
  const write = async ({ id, text }: { readonly id: string; readonly text: string }): Promise<void> => {
    try {
      await store.write(id, text);
    } catch (cause) {
      log(`Saving a chat failed: ${nameOf(cause)}`);
      desk.change((state) => ({ ...state, notice: 'This chat could not be saved to disk.' }));
    }
  };
  return {
    startNew,
    restoreLast: async () => {
      const id = store.lastOpen();
      const conversation = id === undefined ? undefined : await read(ports, id);
      // What was asked or attached in the meantime stays.
      if (conversation && desk.state().conversation.messages.length === 0) show(conversation, desk.state().attachments);
      await prune(ports);
    },
    save: async (when) => {
      const { conversation } = desk.state();
      if (conversation.messages.length === 0 || conversation === saved) return writing;
      if (when === 'soon' && clock.now() - savedAt < pause) return;
      saved = conversation;
      savedAt = clock.now();
      store.setLastOpen(conversation.id);
      const file = { id: conversation.id, text: serialise(conversation) };
      // One after the other, so that an older text never overwrites a newer one.
      writing = writing.then(() => write(file));
      await writing;
    },
    list: () => listSessions(ports),
    open: async (id) => {
      const conversation = await read(ports, id);
      if (conversation) show(conversation);
      else desk.change((state) => ({ ...state, notice: 'That chat could not be read.' }));
    },
    remove: async (id) => {
      await writing;
      await store.remove(id);
      if (desk.state().conversation.id === id) startNew();
    },
  };
}

async function listSessions(ports: ConversePorts): Promise<readonly SessionView[]> {
  const entries = await newestFirst(ports);
  const conversations = await Promise.all(entries.map(({ id }) => read(ports, id)));
  return conversations
    .filter((conversation) => conversation !== undefined)
    .map((conversation) => ({
      id: conversation.id,
      title: titleOf(conversation) || 'Untitled',
      updatedAt: conversation.updatedAt,
    }))
    .toSorted((a, b) => b.updatedAt - a.updatedAt);
}

async function read({ store, log }: ConversePorts, id: string): Promise<Conversation | undefined> {
  try {
    const text = await store.read(id);
    const conversation = text === undefined ? undefined : restore(text);
    // A file under another's name would be saved over it.
    return conversation?.id === id ? conversation : undefined;
  } catch (cause) {
    log(`Reading a chat failed: ${nameOf(cause)}`);
    return undefined;
  }
}

async function prune(ports: ConversePorts): Promise<void> {
  const entries = await newestFirst(ports);
  try {
    for (const { id } of entries.slice(kept)) await ports.store.remove(id);
  } catch (cause) {
    ports.log(`Removing an old chat failed: ${nameOf(cause)}`);
  }
}

async function newestFirst({ store, log }: ConversePorts): Promise<readonly { readonly id: string }[]> {
  try {
    return (await store.list()).toSorted((a, b) => b.modifiedAt - a.modifiedAt);
  } catch (cause) {
    log(`Listing chats failed: ${nameOf(cause)}`);
    return [];
  }
}

function nameOf(cause: unknown): string {
  return cause instanceof Error ? cause.name : 'unknown cause';
}
