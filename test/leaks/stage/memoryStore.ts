import type { ChatStore } from '../../../src/assistant/converse/ports.ts';

export type MemoryStore = ChatStore & { readonly texts: Map<string, string> };

/** Chats as they would lie on disk. */
export function memoryStore(): MemoryStore {
  const texts = new Map<string, string>();
  let last: string | undefined;
  return {
    texts,
    list: async () => [...texts.keys()].map((id) => ({ id, modifiedAt: 0 })),
    read: async (id) => texts.get(id),
    write: async (id, text) => void texts.set(id, text),
    remove: async (id) => void texts.delete(id),
    lastOpen: () => last,
    setLastOpen: (id) => {
      last = id;
    },
  };
}
