import type { Conversation } from '../../domain/conversation.ts';
import { m } from '../../paraglide/messages.js';
import { getLocale } from '../../paraglide/runtime.js';
import { conversationExport } from './conversation-export.ts';
import { exportName } from './file-name.ts';
import { turnMarkdown } from './turn-markdown.ts';
import { turnWords } from './turn-words.ts';

function markdown({ startedAt, turns }: Conversation): string {
  const date = new Intl.DateTimeFormat(getLocale(), { dateStyle: 'long' }).format(startedAt);
  const words = turnWords();
  return [`# ${m.export_title({ date })}\n`, ...turns.map((turn) => turnMarkdown(turn, words))].join('\n');
}

function save(text: string, type: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes as soon as it has begun.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Hands a conversation to the person as a file. */
export function exportConversation(conversation: Conversation, format: 'markdown' | 'json'): void {
  const now = new Date();
  const question = conversation.turns[0]?.question ?? '';
  if (format === 'markdown') save(markdown(conversation), 'text/markdown', exportName(question, now, 'md'));
  else {
    const json = JSON.stringify(conversationExport(conversation, now), null, 2);
    save(json, 'application/json', exportName(question, now, 'json'));
  }
}
