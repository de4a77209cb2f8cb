import type { Language } from '../../domain/source-document.ts';

/** The `lang` attribute for text in a language: Chinese in Quire is set as simplified. */
export function htmlLang(language: Language): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}
