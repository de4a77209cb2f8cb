import { expect, it } from 'vitest';
import { detectLanguage } from './detect-language.ts';

it.each([
  ['The lamp burns oil.', 'en'],
  ['灯塔 (lighthouse) 建于一八五八年，使用 Fresnel 透镜。', 'zh'],
  ['The word for it is 灯塔, as the inscription says on its southern side.', 'en'],
  ['1234 — 5678', 'en'],
])('%s → %s', (text, language) => {
  expect(detectLanguage([{ number: 1, text }])).toBe(language);
});
