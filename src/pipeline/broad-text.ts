import { pageOf } from '../domain/chunk.ts';
import { moved, type Citation } from '../domain/citation.ts';
import type { Answer, Passage } from '../domain/conversation.ts';
import type { Language } from '../domain/source-document.ts';
import { termsOf } from '../domain/terms.ts';
import { citer } from '../generation/cite.ts';

/** What the model wrote about one section: a sentence, or the items it found there. */
export interface Note {
  readonly passage: Passage;
  readonly lines: readonly string[];
}

export type Draft = Pick<Answer, 'text' | 'citations'>;

const words = {
  en: {
    page: (page: number) => `p. ${page}`,
    colon: ': ',
    read: (read: number, of: number) => `${read} of ${of} sections were read.`,
    nothing: 'Nothing of the kind was found in what was read.',
  },
  zh: {
    page: (page: number) => `第 ${page} 页`,
    colon: '：',
    read: (read: number, of: number) => `共 ${of} 节，阅读了其中 ${read} 节。`,
    nothing: '在所读的内容中没有找到。',
  },
} as const;

/** The overall answer, proved by what its sections say, and below it a line for each section. */
export function summaryText(overall: string, notes: readonly Note[], language: Language): Draft {
  const passages = notes.map(({ passage }) => passage);
  const names = new Set(passages.map(({ documentName }) => documentName));
  const parts: Draft[] = [{ text: overall, citations: citer(passages)(overall) }];
  if (overall) parts.push(plain('\n\n'));
  for (const { passage, lines } of notes) {
    const page = words[language].page(pageOf(passage.chunk));
    const place = names.size > 1 ? `${passage.documentName}, ${page}` : page;
    parts.push(plain('- '), cited(place, passage.number), plain(words[language].colon));
    parts.push(unproven(lines.join(' '), passage), plain('\n'));
  }
  return joined(parts);
}

/** Every item once, with the section that names it first. */
export function listText(notes: readonly Note[]): Draft {
  const known = new Set<string>();
  const parts: Draft[] = [];
  for (const { passage, lines } of notes) {
    for (const line of lines) {
      const key = [...termsOf(line)].sort().join(' ');
      if (known.has(key)) continue;
      known.add(key);
      parts.push(plain('- '), cited(line, passage.number), plain('\n'));
    }
  }
  return joined(parts);
}

/** A finished or stopped draft: says what was not found, and what was not read. */
export function closed({ text, citations }: Draft, read: number, of: number, language: Language): Draft {
  const found = text.trimEnd() || (read > 0 ? words[language].nothing : '');
  const left = read > 0 && read < of ? words[language].read(read, of) : '';
  return { text: [found, left].filter(Boolean).join('\n\n'), citations };
}

/** Items that a section does not hold are the model's own. */
export function isHeld(item: string, passage: Passage): boolean {
  const citations = citer([passage])(item);
  return citations.length > 0 && citations.every((citation) => citation.passage !== null);
}

function plain(text: string): Draft {
  return { text, citations: [] };
}

function cited(text: string, passage: number): Draft {
  return { text, citations: [{ start: 0, end: text.length, passage, evidence: null, strangers: [] }] };
}

/** Its place stands before it already: only what the section does not say is marked. */
function unproven(text: string, passage: Passage): Draft {
  return { text, citations: citer([passage])(text).filter((citation) => citation.passage === null) };
}

function joined(parts: readonly Draft[]): Draft {
  let text = '';
  const citations: Citation[] = [];
  for (const part of parts) {
    citations.push(...part.citations.map((citation) => moved(citation, text.length)));
    text += part.text;
  }
  return { text, citations };
}
