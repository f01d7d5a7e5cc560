/**
 * A resource under every name by which a rule could know it. A rule that matches any one name holds for the resource:
 * a link, an old name or another spelling is no way around it.
 */
export type Resource = {
  /** As the editor names it. */
  readonly uri: string;
  /** What the user reads: the path below its workspace folder, or the whole path outside of one. */
  readonly display: string;
  readonly names: readonly ResourceName[];
  /** Why the names may be incomplete or the resource has no place a rule could hold for; it then stays on the device. */
  readonly doubt?: Doubt;
};

/** One name of a resource. Paths use `/` and are case- and NFC-normalised by the matcher, not here. */
export type ResourceName = {
  readonly kind: NameKind;
  /** Relative to `folder` if that is given, else absolute. */
  readonly path: string;
  /** The workspace folder (its URI) that the path is relative to; the rules of that folder's policy apply. */
  readonly folder?: string;
};

export type NameKind =
  'path' | 'real path' | 'link' | 'previous name' | 'underlying file' | 'hard link' | 'archive member';

export type Doubt =
  | 'outside every workspace folder'
  | 'unknown scheme'
  | 'repository data'
  | 'editor data'
  | 'could not be resolved'
  | 'behind a remote link';
