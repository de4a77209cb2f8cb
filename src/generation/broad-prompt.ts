import type { Language } from '../domain/source-document.ts';
import type { Message } from './language-model.ts';

/** Room for what is written about one section, in tokens. */
export const NOTE_TOKENS = 48;
/** Room for the items found in one section, in tokens. */
export const ITEMS_TOKENS = 96;
/** What is longer, in characters, is a sentence and no item. */
const LONGEST_ITEM = 80;

const texts = {
  en: {
    note: 'Say in one short sentence what the text says. Use only the text.',
    items: (wanted: string) => `List the ${wanted} in the text, one a line, in the words of the text.`,
    listed: (wanted: string) => `The ${wanted} in the text:`,
    overall: 'Say in two or three sentences what the document is about, using only these notes on its parts.',
    text: 'Text:',
    notes: 'Notes:',
  },
  zh: {
    note: '用一句简短的话说明这段文字讲了什么，只根据这段文字。',
    items: (wanted: string) => `列出文字中出现的${wanted}，每行一个，使用原文的词语。`,
    listed: (wanted: string) => `文字中的${wanted}：`,
    overall: '以下是文档各部分的笔记。只根据这些笔记，用两三句话说明整个文档讲了什么。',
    text: '文字：',
    notes: '笔记：',
  },
} as const;

/** Asks what a section says. The instruction comes first: it stays in the KV cache. */
export function notePrompt(section: string, language: Language): Message[] {
  const { note, text } = texts[language];
  return messages(note, `${text}\n\n${section}`);
}

/**
 * Asks which of the things `wanted` a section names. It is not told what to write when there are
 * none: the default model then writes that of every section.
 */
export function itemsPrompt(wanted: string, section: string, language: Language): Message[] {
  const { items, listed, text } = texts[language];
  return messages(items(wanted), `${text}\n\n${section}\n\n${listed(wanted)}`);
}

/** Asks what the notes on the sections come to. */
export function overallPrompt(written: readonly string[], language: Language): Message[] {
  const { overall, notes } = texts[language];
  return messages(overall, `${notes}\n\n${written.map((note) => `- ${note}`).join('\n')}`);
}

/** The items of a list that a model wrote, without its marks and what it says around it. */
export function itemsOf(written: string): string[] {
  const lines = written.split('\n').filter((line) => line.trim() !== '' && !/[:：]\s*$/.test(line));
  return lines
    .map((line) => line.replace(/^\s*(?:[-–•*]|\(?\d{1,3}[.)、）])\s*/, '').replace(/[\s.。*]+$/, ''))
    .flatMap((line) => partsOf(line, lines.length === 1))
    .filter((item) => item !== '' && !/^["“]?(?:none\b|无["”]?$|没有)/i.test(item));
}

/** A line of several items parted at its commas; nothing of one that is prose. */
function partsOf(line: string, isAlone: boolean): string[] {
  const parts = line.split(/,\s+|[，、;；]\s*/);
  if (parts.some((part) => part.length > LONGEST_ITEM)) return [];
  return isAlone || parts.length > 2 ? parts : [line];
}

function messages(system: string, user: string): Message[] {
  return [
    { role: 'system', content: system },
    { role: 'user', content: user },
  ];
}
