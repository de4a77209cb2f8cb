import { describe, expect, it } from 'vitest';
import { absentFrom, contentWords, statedIn, supports } from './support.ts';

const PASSAGE =
  'The HDB format is to store the process identifier (PID) as a ten byte ASCII decimal number, with a ' +
  'trailing newline. Since FHS 2.1 the file /etc/adjtime belongs to /var; it holds 1,024 bytes.';

describe('what a sentence states', () => {
  it('are numbers without separators, and no list markers or parts of names', () => {
    expect(statedIn('1. There are 1,024 bytes in 2.1 of ext4.').numbers).toEqual(['1024', '2.1']);
  });

  it('are names by their capitals, where these are no mere beginning', () => {
    const { names } = statedIn('Files go to UseMethod or Debian. The apt_get tool: Use ext4 with R.');
    expect(names).toEqual(['usemethod', 'debian', 'apt_get', 'ext4', 'r']);
  });

  it('are Latin names in Chinese, too', () => {
    expect(statedIn('请使用 dpkg 和 GNOME，共 12 个。')).toEqual({ numbers: ['12'], names: ['gnome'] });
  });
});

describe('what is absent', () => {
  it('is the number and the name that the passage lacks', () => {
    expect(absentFrom(PASSAGE, 'The HDB format came with FHS 2.3 from Berkeley.')).toEqual([
      '2.3',
      'berkeley',
    ]);
  });

  it('is no short name that ends in s, and no unit beside its number, where both stand there', () => {
    const passage = 'GNOME recommends ibus. CIFS takes a new 300GB disk of Brandt and Sons.';
    expect(absentFrom(passage, 'They say that IBus and CIFS take the 300GB of Brandt and Sons.')).toEqual([]);
    expect(absentFrom(passage, 'The disk takes 350GB.')).toEqual(['350']);
  });

  it('is not what the passage writes otherwise', () => {
    expect(absentFrom(PASSAGE, 'It has 1024 bytes and several PIDs.')).toEqual([]);
  });
});

describe('support', () => {
  it('needs half of the content words', () => {
    expect(supports(PASSAGE, 'The process identifier is stored as a decimal number.')).toBe(true);
    expect(supports(PASSAGE, 'The weather station reports snowfall and a decimal value.')).toBe(false);
  });

  it('needs every number', () => {
    expect(supports(PASSAGE, 'The process identifier is stored as 12 byte ASCII decimal number.')).toBe(
      false,
    );
  });

  it('is never given to words that say nothing', () => {
    expect(supports(PASSAGE, 'It is so.')).toBe(false);
  });

  it('knows Chinese words', () => {
    expect(contentWords('安装程序会检测硬件')).toContain('硬件');
    expect(supports('安装程序首先检测计算机的硬件。', '安装程序会检测硬件')).toBe(true);
    expect(supports('安装程序首先检测计算机的硬件。', '用户必须设置网络密码')).toBe(false);
  });
});
