/**
 * Settings below `ringfence.` that only the user's own settings may set: no workspace, and no machine that a remote window
 * shows, because the repository may describe that one.
 */
export const userKeys = [
  'backends',
  'contextLength',
  'keepAlive',
  'completion.model',
  'completion.nearerModel',
  'completion.templates',
  'chat.model',
] as const;

/** Settings that a trusted workspace may set too. */
export const workspaceKeys = [
  'completion.enabled',
  'completion.trigger',
  'completion.delay',
  'completion.whileListOpen',
  'completion.lines',
  'completion.maxLines',
  'completion.languages',
  'completion.exclude',
  'completion.warm',
  'completion.embedded',
] as const;
