import type { Scope } from './scope.ts';
import type { SourceDocument } from './source-document.ts';

type Asked =
  | { readonly kind: 'summary' }
  /** `wanted` is what is to be listed, in the question's own words. */
  | { readonly kind: 'list'; readonly wanted: string };

/** A question that no few passages can answer: it is asked of all that is written. */
export type BroadQuestion = Asked & {
  /** The documents it names, else what it was asked of anyway. */
  readonly scope: Scope;
};

type Named = Pick<SourceDocument, 'id' | 'name'>;

/** A longer question, in characters, says more than these. */
const LONGEST = 200;

/** Stands in a question for the name of a document. */
const NAME = '\uE000';

const NOUN = `(?:documents?|pdfs?|files?|papers?|reports?|books?|manuals?|articles?|texts?|guides?|page|everything|${NAME})`;
const DOCUMENT = `(?:(?:the|this|these|that|those|my|all|of|whole|entire|full) )*${NOUN}`;
const POLITE = "(?:please |can you |could you |would you |i want you to |i(?: would|'d) like )*";
const BRIEFLY =
  '(?:,? (?:for me|please|briefly|shortly|in (?:short|brief|(?:a|one|two|three|few|\\d+|a few) \\w+)))*';
const MENTIONED = '(?:mentioned|named|listed|described|discussed|covered|given|found|used)';
const TAIL = `(?: (?:that|which|who) (?:are|is|were))?(?: ${MENTIONED})?(?: here| (?:in|from|of|by|throughout) ${DOCUMENT})?${BRIEFLY}`;
const THE_MAIN = '(?:the )?(?:main|key|central|most important|essential|principal)';

const SUMMARIES = [
  `${POLITE}(?:summari[sz]e|sum up|outline|recap)(?: (?:it|this|${DOCUMENT}))?${BRIEFLY}`,
  `${POLITE}(?:(?:give|write|make|show|provide)(?: me| us)? )?(?:an? |the )?(?:\\w+ )?(?:summary|overview|outline|gist|recap)(?: (?:of|for|on) (?:it|this|${DOCUMENT}))?${BRIEFLY}`,
  `(?:what(?:'s| is| are)|${POLITE}(?:give|list|name|tell)(?: me| us)?) ${THE_MAIN} (?:points?|ideas?|topics?|themes?|messages?|contents?|takeaways?|subjects?)(?: (?:of|in|from) (?:this|${DOCUMENT}))?${BRIEFLY}`,
  `what(?:'s| is| are) (?:this|${DOCUMENT}) (?:all )?about`,
  `what (?:does|do) (?:this|${DOCUMENT}) (?:say|cover|contain|discuss|describe|deal with)`,
];

const LISTS = [
  `${POLITE}(?:list|name|enumerate|find|show|give|extract|collect)(?: me| us)? (?:all|every|each)(?: of)?(?: the)? (?<wanted>.+?)${TAIL}`,
  `${POLITE}(?:list|enumerate|extract|collect)(?: me| us)? (?:the )?(?<wanted>.+?) (?:that are |which are )?${MENTIONED}(?: (?:in|by) ${DOCUMENT})?${BRIEFLY}`,
  `${POLITE}(?:(?:give|make|write|show)(?: me| us)? )?(?:an?|the) (?:full |complete )?list of (?:all )?(?:the )?(?<wanted>.+?)${TAIL}`,
  `(?:what|which|who) are all (?:of )?the (?<wanted>.+?)${TAIL}`,
  `(?:what|which) (?<wanted>.+?) (?:are|is|were) ${MENTIONED}(?: (?:in|by) ${DOCUMENT})?`,
  `all (?:of )?the (?<wanted>.+?) ${MENTIONED}(?: (?:in|by) ${DOCUMENT})?`,
];

const ZH_DOCUMENT = `(?:这|本|该|此|全|整|那|所有|全部)?一?(?:篇|份|个|本|些|部)?(?:文档|文件|文章|论文|报告|书|手册|资料|页|PDF|文|${NAME})`;
const ZH_POLITE = '(?:请|帮我|帮忙|麻烦|给我|你?能不能|你?能否|你?可以|你?能)*(?:用.{1,8}?(?:话|字|句子))?';
const ZH_SUM_UP = '(?:总结|概括|归纳|概述|综述|简述|提炼)';
const ZH_GIST =
  '(?:主要|核心|大致|基本|全部|重要)?(?:内容|要点|大意|观点|信息|重点|主题|主旨|摘要|概要|概述|总结)';
const ZH_INSIDE = `(?:${ZH_DOCUMENT}(?:中|里面|里|内|上)?)?(?:所?(?:提到|提及|出现|涉及|介绍)过?的?)?(?:的)?`;
const ZH_ALL = '(?:所有|全部|每一?个)的?';

const ZH_SUMMARIES = [
  `${ZH_POLITE}${ZH_SUM_UP}(?:一下|下|出)?(?:${ZH_DOCUMENT})?的?(?:${ZH_GIST})?(?:一下)?`,
  `${ZH_POLITE}[把对将]${ZH_DOCUMENT}(?:进行|做|作)?(?:一?个|一下)?${ZH_SUM_UP}(?:一下)?`,
  `${ZH_POLITE}(?:写|列出|说说|介绍|说明)?(?:一下|一?[份个])?(?:${ZH_DOCUMENT}的?)?${ZH_GIST}(?:是什么|有哪些|是啥)?`,
  `${ZH_DOCUMENT}(?:主要|大概|到底|都)*(?:讲|说|写|介绍|谈|讨论)(?:述|到)?(?:了|的是|的)?(?:些)?(?:什么|啥|哪些)(?:内容)?`,
];

const ZH_LISTS = [
  `${ZH_POLITE}(?:列出|列举|找出|罗列|写出|给出|说出|枚举)(?:一下)?${ZH_INSIDE}${ZH_ALL}${ZH_INSIDE}(?<wanted>.+?)`,
  `${ZH_POLITE}(?:列出|列举|找出|罗列|枚举)(?:一下)?${ZH_DOCUMENT}(?:中|里面|里|内|上)?所?(?:提到|提及|出现|涉及|介绍)过?的(?<wanted>.+?)`,
  `${ZH_DOCUMENT}(?:中|里面|里|内|上)?(?:一共|总共|都)*(?:提到|提及|出现|涉及|介绍)过?了?(?:哪些|${ZH_ALL})(?<wanted>.+?)(?:有哪些)?`,
];

const whole = (pattern: string) => new RegExp(`^(?:${pattern})$`, 'iu');
const summaries = [...SUMMARIES, ...ZH_SUMMARIES].map(whole);
const lists = [...LISTS, ...ZH_LISTS].map(whole);

/**
 * Tells whether a question asks to sum up or to list over whole documents. Only questions that say
 * nothing else are taken: "Summarise the October flood" is for the passages. Null for every other.
 * @param scope what the question is asked of; a document that it names narrows this
 */
export function broadQuestion(
  question: string,
  documents: readonly Named[],
  scope: Scope,
): BroadQuestion | null {
  if (question.length > LONGEST) return null;
  const plain = question
    .replaceAll('’', "'")
    .replace(/\s+/g, ' ')
    .replace(/[\s.?!。？！]+$/u, '')
    .trim();
  if (/\bpage\b|页/i.test(plain) && scope.kind !== 'page') return null;
  const named = documents.filter(({ id, name }) => mayName(scope, id) && nameIn(name).test(plain));
  const marked = named.reduce((text, { name }) => text.replace(nameIn(name), NAME), plain);
  const inNamed = named.length > 0 && recognise(marked);
  if (inNamed) return { ...inNamed, scope: { kind: 'documents', documentIds: named.map(({ id }) => id) } };
  // What sounds like a document's name may be what is asked for.
  const found = recognise(plain);
  return found && { ...found, scope };
}

function mayName(scope: Scope, documentId: string): boolean {
  return scope.kind === 'all' || (scope.kind === 'documents' && scope.documentIds.includes(documentId));
}

function recognise(question: string): Asked | null {
  if (summaries.some((pattern) => pattern.test(question))) return { kind: 'summary' };
  for (const pattern of lists) {
    const wanted = pattern.exec(question)?.groups?.['wanted'];
    if (wanted && !wanted.includes(NAME)) return { kind: 'list', wanted };
  }
  return null;
}

/** A document's name as people write it: with or without ending, quotation marks and hyphens. */
function nameIn(name: string): RegExp {
  const words = name
    .replace(/\.pdf$/i, '')
    .split(/[-_.\s]+/)
    .filter(Boolean);
  const escaped = words.map((word) => word.replace(/[\\^$*+?()[\]{}|/]/g, '\\$&'));
  return new RegExp(
    `["'“‘《「]?(?<![a-z0-9])${escaped.join('[-_.\\s]+')}(?:\\.pdf)?(?![a-z0-9])["'”’》」]?`,
    'iu',
  );
}
