import type { AppState } from '../../state/context.ts';
import { closeSource } from '../source/page-focus.ts';
import type { Shell } from './shell.ts';

const EDITABLE = 'input:not([type=file]), textarea, select, [contenteditable]';
/** Where Escape ends something smaller first. */
const OWN_ESCAPE = '[data-own-escape]';
const FLOATING = '[role=dialog], [role=alertdialog], [role=menu]';

/** From the citation one is on, or whose page one is reading. */
function stepCitation(step: 1 | -1, { shown }: AppState['source']): void {
  const marks = [...document.querySelectorAll<HTMLElement>('[data-citation]')];
  const isOn = marks.some((mark) => mark === document.activeElement);
  const onId = isOn ? document.activeElement?.id : shown?.origin?.elementId;
  const at = marks.findIndex(({ id }) => id === onId);
  const next = at === -1 ? (step === 1 ? 0 : marks.length - 1) : at + step;
  marks[next]?.focus();
}

function escape({ conversation, source }: AppState): boolean {
  const { kind } = conversation.status;
  if (kind !== 'idle' && kind !== 'failed') conversation.stop();
  else if (source.shown) closeSource(source);
  else return false;
  return true;
}

/** The keys that hold on the whole page; the ones of a field live with the field. */
export function handleKey(event: KeyboardEvent, app: AppState, shell: Shell): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (document.querySelector(FLOATING)) return; // it has keys of its own
  if (event.key === 'Escape') {
    if (target?.closest(OWN_ESCAPE)) return;
    if (escape(app)) event.preventDefault();
    return;
  }
  if (target?.closest(EDITABLE)) return;
  const actions: Record<string, () => void> = {
    '/': () => document.querySelector<HTMLElement>('#question')?.focus(),
    o: () => shell.pickFiles(),
    '?': () => shell.openDialog({ kind: 'keys' }),
    '[': () => stepCitation(-1, app.source),
    ']': () => stepCitation(1, app.source),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
