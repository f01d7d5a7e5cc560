import { enter } from '../fake-server/behaviour.ts';
import type { Exchange } from '../fake-server/fake-server.ts';
import { text } from '../fake-server/json.ts';
import type { Call } from './call.ts';
import { answerChat } from './chat.ts';
import { chatFrames, generateFrames } from './frames.ts';
import { answerGenerate } from './generate.ts';
import { allowsOrigin } from './hosts.ts';
import { knowsSources } from './lookup.ts';
import { parseModelRef } from './names.ts';
import type { OllamaBehaviour } from './options.ts';
import { answerPs } from './ps.ts';
import { answerPull } from './pull.ts';
import { relayCloudName } from './relay.ts';
import { answerShow } from './show.ts';
import { findModel, type OllamaState } from './state.ts';
import { answerTags } from './tags.ts';
import { answerV1Chat, answerV1Completions, answerV1Models } from './v1.ts';
import { answerStatus, answerVersion, atLeast } from './version.ts';

type Route = (state: OllamaState, exchange: Exchange, behaviour: OllamaBehaviour) => Promise<void>;

const routes: Readonly<Record<string, Route>> = {
  'GET /': (_, { wire }) => wire.whole(200, { 'content-type': 'text/plain; charset=utf-8' }, 'Ollama is running'),
  'GET /api/version': answerVersion,
  'GET /api/status': answerStatus,
  'GET /api/tags': answerTags,
  'GET /api/ps': answerPs,
  'POST /api/show': answerShow,
  'POST /api/pull': answerPull,
  'POST /api/generate': (...parts) => answerGenerate(nativeCall(parts, generateFrames)),
  'POST /api/chat': (...parts) => answerChat(nativeCall(parts, chatFrames)),
  'GET /v1/models': answerV1Models,
  'POST /v1/chat/completions': answerV1Chat,
  'POST /v1/completions': answerV1Completions,
};

const headRoutes = new Set(['/', '/api/version', '/api/tags']);

/** Serves one request the way the real server would, except for what the test's hooks say. */
export async function routeOllama(state: OllamaState, exchange: Exchange): Promise<void> {
  const seen = exchange.seen();
  // The cloud itself is no loopback server: it takes any Host.
  if (state.cloudUrl !== undefined && !allowsOrigin(seen)) return exchange.wire.whole(403, {}, '');
  const behaviour = { ...modelBehaviour(state, exchange), ...state.options.behaviour?.(seen) };
  if (!(await enter(exchange, behaviour))) return;
  if (seen.method === 'POST' && (await relayCloudName(state, exchange))) return;
  const method = seen.method === 'HEAD' && headRoutes.has(seen.path) ? 'GET' : seen.method;
  const route = exists(state, seen.path) ? routes[`${method} ${seen.path}`] : undefined;
  if (route !== undefined) return route(state, exchange, behaviour);
  const known = exists(state, seen.path) && Object.keys(routes).some((key) => key.endsWith(` ${seen.path}`));
  const [status, phrase] = known ? [405, 'method not allowed'] : [404, 'page not found'];
  return exchange.wire.whole(status, { 'content-type': 'text/plain' }, `${status} ${phrase}`);
}

function exists(state: OllamaState, path: string): boolean {
  return path !== '/api/status' || atLeast(state.version, '0.16.2');
}

/** What the model's own entry says counts only where it runs: lists and descriptions stay as they are. */
function modelBehaviour(state: OllamaState, { seen, body }: Exchange): OllamaBehaviour {
  if (!/^\/(?:api\/(?:generate|chat)|v1\/)/.test(seen().path)) return {};
  const ref = parseModelRef(text(body['model']) ?? '', { sources: knowsSources(state) });
  return ref.kind === 'ref' ? (findModel(state, ref.base)?.source.behaviour ?? {}) : {};
}

function nativeCall(
  [state, exchange, behaviour]: readonly [OllamaState, Exchange, OllamaBehaviour],
  frames: Call['frames'],
): Call {
  return { state, exchange, behaviour, body: exchange.body, frames };
}
