/** The `lang` of a text that is either Chinese or English: what fonts and line breaks go by. */
export function textLanguage(text: string): 'zh-CN' | 'en' {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > text.length * 0.15 ? 'zh-CN' : 'en';
}
