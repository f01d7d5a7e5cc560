import * as vscode from 'vscode';
import type { Converse } from '../../assistant/converse/converse.ts';
import type { ConverseLink } from '../../assistant/converse/link.ts';
import { parseModelRef } from '../../core/exchange/model.ts';
import type { ToHost } from '../../core/protocol/messages.ts';
import type { ActionId } from '../../core/protocol/view.ts';
import { actInEditor, insertAtCursor, openLink } from './acts.ts';

/** Does what the panel asks. Its messages are parsed already; what they name may still be gone. */
export function createChatInbox(
  converse: Converse,
  link: () => ConverseLink | undefined,
): (message: ToHost) => Promise<void> {
  let finding = new AbortController();
  const tellSessions = async (): Promise<void> =>
    link()?.send({ kind: 'sessions', sessions: await converse.sessions() });
  const find = async (request: number, query: string): Promise<void> => {
    finding.abort();
    const own = (finding = new AbortController());
    const files = await converse.findFiles(query, own.signal);
    if (!own.signal.aborted) link()?.send({ kind: 'found', request, files });
  };
  return async (message) => {
    switch (message.kind) {
      case 'ready':
        return link()?.ready();
      case 'ask':
        return converse.ask(message.text, message.replaces);
      case 'stop':
        return converse.stop();
      case 'retry':
        return converse.retry(message.answer, message.model === undefined ? undefined : parseModelRef(message.model));
      case 'resolve':
        return converse.resolve(message.answer, message.choice);
      case 'preview-part':
        return converse.declassify.preview(message.answer, message.part);
      case 'send-part':
        return converse.declassify.send(message.offer);
      case 'close-part':
        return converse.declassify.close();
      case 'draft':
        return converse.drafting(message.text);
      case 'act':
        return act(converse, message.action, message.answer);
      case 'new-chat':
        return converse.newChat();
      case 'list-sessions':
        return tellSessions();
      case 'open-session':
        return converse.openSession(message.id);
      case 'remove-session':
        await converse.removeSession(message.id);
        return tellSessions();
      case 'choose-model': {
        const model = parseModelRef(message.model);
        return model && converse.chooseModel(model);
      }
      case 'refresh-models':
        return converse.refreshModels();
      case 'cancel-pull':
        return converse.cancelPull();
      case 'attach-file':
        return converse.attach({ kind: 'active-file' });
      case 'attach-selection':
        return converse.attach({ kind: 'selection' });
      case 'attach-uri':
        return converse.attach({ kind: 'uri', uri: message.uri });
      case 'detach':
        return converse.detach(message.id);
      case 'find-files':
        return find(message.request, message.query);
      case 'copy':
        return vscode.env.clipboard.writeText(message.text);
      case 'insert':
        return insertAtCursor(message.text);
      case 'open-link':
        return openLink(message.url);
    }
  };
}

async function act(converse: Converse, action: ActionId, answer: string | undefined): Promise<void> {
  if (await actInEditor(action)) return;
  switch (action) {
    case 'retry':
      return answer === undefined ? converse.refreshModels() : converse.retry(answer);
    case 'use-local':
      return answer === undefined ? undefined : converse.useLocal(answer);
    case 'use-installed':
      return converse.useInstalled(answer);
    case 'ask-farther':
      return answer === undefined ? undefined : converse.askFarther(answer);
    case 'new-chat':
      return converse.newChat();
    case 'pull':
      return converse.pull(answer);
    case 'start-ollama':
      return converse.startOllama(answer);
    case 'refresh':
      return converse.refreshModels();
    case 'choose-model':
    case 'set-key':
    case 'open-settings':
    case 'create-policy':
    case 'open-policy':
    case 'manage-trust':
      return;
  }
}
