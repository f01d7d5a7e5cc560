import type { SwitchedOff } from '../completion/switches.ts';

/** Why completion is off for the document at hand: in two words for the status bar, and in a sentence. */
export type CompletionOff = {
  readonly kind: SwitchedOff['kind'] | 'snoozed';
  readonly icon: string;
  readonly brief: string;
  readonly why: string;
};

/** A switch of the settings in words. */
export function switchedOffWords(off: SwitchedOff): CompletionOff {
  const { kind } = off;
  const icon = 'circle-slash';
  switch (off.kind) {
    case 'off':
      return { kind, icon, brief: 'Completion off', why: 'Completion is switched off.' };
    case 'language': {
      const files = `${off.language} files`;
      return { kind, icon, brief: `Off for ${files}`, why: `Completion is switched off for ${files}.` };
    }
    case 'excluded':
      return { kind, icon, brief: 'Off for this file', why: `Completion leaves out files like "${off.pattern}".` };
  }
}

/** A snooze in words. `clock` is the time of day at which it ends, as the user reads it. */
export function snoozedWords(clock: string): CompletionOff {
  return {
    kind: 'snoozed',
    icon: 'bell-slash',
    brief: `Snoozed until ${clock}`,
    why: `Completion is snoozed until ${clock}.`,
  };
}
