import * as vscode from 'vscode';
import type { AttachRequest, Converse } from '../../assistant/converse/converse.ts';
import { createConverseLink, type ConverseLink } from '../../assistant/converse/link.ts';
import type { ModelRef } from '../../core/exchange/model.ts';
import { kindOf, parseToHost } from '../../core/protocol/parse.ts';
import { chatHtml, chatRoots } from './html.ts';
import { createChatInbox } from './inbox.ts';

export type ChatViewDependencies = {
  readonly converse: Converse;
  readonly extensionUri: vscode.Uri;
  /** The chat model that the settings name. */
  readonly configured: () => ModelRef | undefined;
  readonly log: (message: string) => void;
};

/** The panel and what commands ask of it. */
export type ChatView = {
  /** Fills a view that the editor has just made. */
  readonly resolve: (view: vscode.WebviewView) => void;
  readonly newChat: () => Promise<void>;
  readonly focus: () => Promise<void>;
  readonly attach: (what: AttachRequest) => Promise<void>;
  readonly dispose: () => void;
};

const viewId = 'ringfence.chat';

/**
 * The chat panel. A hidden panel is destroyed and its page run again when it comes back, without
 * a word to this provider: the conversation and the running answer live here, and every page that says `ready` gets all of it.
 */
export function createChatView(dependencies: ChatViewDependencies): ChatView {
  const { converse, log } = dependencies;
  let link: ConverseLink | undefined;
  let wantsFocus = false;
  const inbox = createChatInbox(converse, () => link);
  const focus = async (): Promise<void> => {
    wantsFocus = true;
    await vscode.commands.executeCommand(`${viewId}.focus`);
    giveFocus();
  };
  /** Only a page that is there can take the focus; one that is coming gets it when it is ready. */
  const giveFocus = (): void => {
    if (!wantsFocus || !link?.isReady()) return;
    wantsFocus = false;
    link.send({ kind: 'focus' });
  };
  const receive = async (value: unknown): Promise<void> => {
    const message = parseToHost(value);
    if (!message) return log(`The chat panel sent a message of kind ${kindOf(value)}, which was ignored.`);
    try {
      await inbox(message);
      if (message.kind === 'ready') giveFocus();
    } catch (cause) {
      log(`"${message.kind}" failed in the chat: ${cause instanceof Error ? cause.name : 'unknown cause'}`);
    }
  };
  let started: Promise<void> | undefined;
  return {
    resolve: (view) => {
      started ??= converse.start();
      link?.dispose();
      link = attachPage(dependencies, view, receive);
    },
    newChat: () => {
      converse.newChat();
      return focus();
    },
    focus,
    attach: async (what) => void (await Promise.all([converse.attach(what), focus()])),
    dispose: () => link?.dispose(),
  };
}

function attachPage(
  { converse, extensionUri, configured }: ChatViewDependencies,
  view: vscode.WebviewView,
  receive: (value: unknown) => Promise<void>,
): ConverseLink {
  const link = createConverseLink({
    converse,
    configured,
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a webview of the editor has no origin to name
    post: (message) => void view.webview.postMessage(message),
  });
  const listening = vscode.Disposable.from(
    view.webview.onDidReceiveMessage((value: unknown) => void receive(value)),
    view.onDidChangeVisibility(() => {
      if (!view.visible) link.gone();
    }),
  );
  view.onDidDispose(() => {
    link.dispose();
    listening.dispose();
  });
  view.webview.options = { enableScripts: true, localResourceRoots: chatRoots(extensionUri) };
  view.webview.html = chatHtml(view.webview, extensionUri);
  return link;
}
