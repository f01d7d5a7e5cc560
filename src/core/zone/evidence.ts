import type { Zone } from '../label/reach.ts';

/** What is known about where one request ends up, gathered for that request. */
export type Evidence = {
  /** The origin that was asked, scheme and host and port. */
  readonly origin: string;
  readonly peer: PeerEvidence;
  readonly server: ServerEvidence;
  readonly model: ModelEvidence;
  /** The zone that the user or an administrator, never a repository, has named for this very endpoint. */
  readonly attested?: Zone;
  /** Which program listens at the other end of a loopback socket. It may only make a zone farther; absent like `unknown`. */
  readonly listener?: ListenerEvidence;
  /** What kind of machine "this machine" is: a laptop, an SSH host, a container. */
  readonly host: string;
};

/** The other end of our own socket, as the system reports it. `unverified`: a proxy or a patched stack stands between. */
export type PeerEvidence =
  | { readonly kind: 'loopback'; readonly address: string; readonly port: number }
  | { readonly kind: 'network'; readonly address: string; readonly port: number }
  | { readonly kind: 'unverified'; readonly why: string }
  | { readonly kind: 'in-process' };

/** The file names of the programs that hold the port, where the system lets us see them. */
export type ListenerEvidence =
  { readonly kind: 'programs'; readonly names: readonly string[] } | { readonly kind: 'unknown' };

export type ServerEvidence =
  | {
      readonly kind: 'ollama';
      readonly version: string;
      readonly cloudDisabled?: boolean;
      /** How a proxy in front of it names itself, where one does: what answers is then not the server itself. */
      readonly behind?: string;
    }
  | { readonly kind: 'embedded' }
  | { readonly kind: 'unknown' };

/** `local` is proved: the server's own description names no other host and, where it can be, the name is pinned. */
export type ModelEvidence =
  | { readonly kind: 'local'; readonly pinned: boolean; readonly digest?: string }
  | { readonly kind: 'remote'; readonly host: string }
  | { readonly kind: 'unproved'; readonly why: string };

/** A zone and the sentences that prove it, or that say why it could not be proved nearer. */
export type ZoneProof = { readonly zone: Zone; readonly because: readonly string[]; readonly evidence: Evidence };
