import type { Zone } from '../label/reach.ts';
import { parseDestination } from './destination.ts';
import type { Evidence, ModelEvidence, ServerEvidence, ZoneProof } from './evidence.ts';
import { isKnownCloud } from './knownCloud.ts';
import { answersForItself } from './relay.ts';
import { tunnelAt } from './tunnel.ts';

/** What a policy may ask of a proof beyond the usual. */
export type ProofDemands = {
  /** An Ollama server counts as near only while its own cloud switch is off. */
  readonly requireOllamaCloudDisabled: boolean;
};

/**
 * Judges where a request ends up. Pure: the same evidence gives the same zone. Whatever is not proved to be nearer is
 * `cloud`, and the sentences say what was proved or what is missing.
 */
export function zoneOf(evidence: Evidence, demands: ProofDemands = noDemands): ZoneProof {
  const because: string[] = [];
  const zone = judge(evidence, demands, because);
  return Object.freeze({ zone, because: Object.freeze(because), evidence });
}

const noDemands: ProofDemands = { requireOllamaCloudDisabled: false };

function judge(evidence: Evidence, demands: ProofDemands, because: string[]): Zone {
  const far = (why: string): Zone => {
    because.push(why);
    return 'cloud';
  };
  const { peer, server, model } = evidence;
  if (model.kind === 'remote') return far(`The model is run by ${model.host}, whichever server is asked.`);
  if (peer.kind === 'in-process') {
    if (server.kind !== 'embedded') return far('A model in this process must be the embedded engine.');
    because.push(`The embedded engine runs inside the editor on ${evidence.host}.`);
    return 'device';
  }
  if (peer.kind === 'unverified') return far(peer.why);
  const place = placeOf(evidence, because);
  if (place === 'cloud' || server.kind !== 'ollama') return place;
  if (model.kind === 'unproved') return far(model.why);
  because.push(modelSentence(model, server.version));
  if (demands.requireOllamaCloudDisabled && server.cloudDisabled !== true)
    return far(
      'The policy asks for an Ollama whose cloud is switched off (OLLAMA_NO_CLOUD=1), and this one does not say so.',
    );
  return place;
}

/** The zone of the server itself, before its model is looked at. */
function placeOf(evidence: Evidence, because: string[]): Zone {
  const { peer, server, attested, origin, host } = evidence;
  const parsed = parseDestination(origin);
  const far = (why: string): Zone => {
    because.push(why);
    return 'cloud';
  };
  if (parsed.kind === 'invalid') return far(parsed.why);
  const { destination } = parsed;
  if (isKnownCloud(destination.hostname)) return far(`${destination.hostname} is a public provider.`);
  const loopback = destination.host.kind === 'loopback' && peer.kind === 'loopback' && peer.port === destination.port;
  const at = peer.kind === 'loopback' || peer.kind === 'network' ? addressAndPort(peer) : origin;
  if (loopback && answersForItself(evidence) && (attested === undefined || attested === 'device')) {
    because.push(`${serverName(server)} answers at ${at} on ${host}.`);
    return 'device';
  }
  if (attested === undefined)
    return far(
      loopback
        ? `${relayName(evidence, at)} may pass requests on; only your own setting can say that it does not.`
        : `${destination.hostname} is not named as a server of your organisation.`,
    );
  const zone = loopback && attested === 'device' ? 'device' : 'perimeter';
  because.push(`Your settings on this machine name ${origin} as ${words[attested]}; it answered from ${at}.`);
  if (attested !== zone && attested !== 'cloud')
    because.push(`It does not answer on a loopback address, so it counts as a server of your organisation.`);
  return attested === 'cloud' ? 'cloud' : zone;
}

const words: Readonly<Record<Zone, string>> = {
  device: 'part of this machine',
  perimeter: 'a server of your organisation',
  cloud: 'outside of your organisation',
};

function modelSentence(model: Extract<ModelEvidence, { kind: 'local' }>, version: string): string {
  return model.pinned
    ? 'The server describes the model as its own, and the request is pinned to it.'
    : `The server describes the model as its own; Ollama ${version} cannot pin it, so every piece of its answer is checked.`;
}

function relayName({ server, listener }: Evidence, at: string): string {
  const tunnel = tunnelAt(listener);
  if (tunnel !== undefined) return `The program ${tunnel}, which listens at ${at},`;
  return server.kind === 'ollama' && server.behind !== undefined
    ? `The proxy at ${at} (${server.behind})`
    : `The server at ${at}`;
}

function serverName(server: ServerEvidence): string {
  return server.kind === 'ollama' ? `Ollama ${server.version}` : 'A server';
}

function addressAndPort({ address, port }: { readonly address: string; readonly port: number }): string {
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
