import type { OpenPart } from './labelledPrompt.ts';

/** One turn as every chat protocol spells it. */
export type ChatMessage = { readonly role: 'system' | 'user' | 'assistant'; readonly content: string };

/**
 * The messages of a chat, in order. Attachments stand in front of the words of the user part they belong to, each under
 * its title and inside a fence that its own text cannot close; attachments that no user part follows become one of their own.
 */
export function chatMessages(parts: readonly OpenPart[]): readonly ChatMessage[] {
  const messages: ChatMessage[] = [];
  let attached: OpenPart[] = [];
  for (const part of parts) {
    switch (part.role) {
      case 'attachment':
      case 'context':
        attached.push(part);
        break;
      case 'user':
        messages.push({ role: 'user', content: [...attached.map(renderAttachment), part.text].join('\n\n') });
        attached = [];
        break;
      case 'system':
      case 'assistant':
        messages.push({ role: part.role, content: part.text });
        break;
      case 'prefix':
      case 'suffix':
        break;
    }
  }
  if (attached.length > 0) messages.push({ role: 'user', content: attached.map(renderAttachment).join('\n\n') });
  return messages;
}

function renderAttachment({ title, text }: OpenPart): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${title.replace(/[\r\n]+/g, ' ')}\n${fence}\n${text.endsWith('\n') ? text : `${text}\n`}${fence}`;
}
