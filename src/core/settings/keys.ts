/** Settings below `ringfence.` that only the user's machine-scoped settings may set. */
export const machineKeys = [
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
