/** An instruction of a WebAssembly module's code. */
export interface Instruction {
  /** Of its first byte in the file. */
  readonly at: number;
  /** Of the byte after its opcode. */
  readonly end: number;
  /** Opcode; of those of two parts the first times 0x1000 plus the second: 0xfd0ba is `i32x4.dot_i16x8_s`. */
  readonly opcode: number;
}

const CODE_SECTION = 10;

/**
 * All instructions of a module, in order.
 * Source: https://webassembly.github.io/spec/core/binary/instructions.html and the threads and
 * legacy exceptions proposals, which emscripten's output uses.
 * @throws Error for a module that it cannot follow to the end of each function
 */
export function* instructions(wasm: Uint8Array): Generator<Instruction> {
  const reader = new Reader(wasm, 8);
  while (reader.at < wasm.length) {
    const section = reader.byte();
    const end = reader.number() + reader.at;
    if (section === CODE_SECTION) yield* ofFunctions(reader);
    reader.at = end;
  }
}

/**
 * The module with one instruction in place of another that is as long.
 * @throws Error when there is none to replace
 */
export function withReplaced(wasm: Uint8Array, opcode: number, bytes: readonly number[]): Buffer {
  const changed = Buffer.from(wasm);
  const found = [...instructions(wasm)].filter((each) => each.opcode === opcode);
  if (found.length === 0) throw new Error(`There is no instruction ${opcode.toString(16)}.`);
  for (const { at, end } of found) {
    if (end - at !== bytes.length) throw new Error('The instructions differ in length.');
    changed.set(bytes, at);
  }
  return changed;
}

function* ofFunctions(reader: Reader): Generator<Instruction> {
  for (let left = reader.number(); left > 0; left--) {
    const end = reader.number() + reader.at;
    for (let groups = reader.number(); groups > 0; groups--) reader.skip('nt');
    while (reader.at < end) {
      const { at } = reader;
      const first = reader.byte();
      const opcode = first >= 0xfb ? first * 0x1000 + reader.number() : first;
      yield { at, end: reader.at, opcode };
      reader.skip(immediates(opcode));
    }
    if (reader.at !== end) throw new Error(`No instruction ends at ${String(end)}.`);
  }
}

/** n: a number; t: a type or a byte; m: an address; 4, 8 and 16 (f): as many bytes; v: a list. */
type Immediate = 'n' | 't' | 'm' | '4' | '8' | 'f' | 'v';

/** What follows an opcode, by its ranges. */
const IMMEDIATES: readonly (readonly [from: number, to: number, immediates: string])[] = [
  [0x02, 0x04, 'n'], // block, loop, if: a type or its number
  [0x06, 0x09, 'n'], // try, catch, throw, rethrow
  [0x0c, 0x0d, 'n'], // br, br_if
  [0x0e, 0x0e, 'vn'], // br_table
  [0x10, 0x10, 'n'], // call
  [0x11, 0x11, 'nn'], // call_indirect
  [0x18, 0x18, 'n'], // delegate
  [0x1c, 0x1c, 'v'], // select
  [0x20, 0x26, 'n'], // locals, globals, tables
  [0x28, 0x3e, 'm'], // loads and stores
  [0x3f, 0x42, 'n'], // memory.size, memory.grow, i32.const, i64.const
  [0x43, 0x43, '4'],
  [0x44, 0x44, '8'],
  [0xd0, 0xd0, 'n'],
  [0xd2, 0xd2, 'n'],
  [0xfc008, 0xfc008, 'nn'], // memory.init
  [0xfc009, 0xfc009, 'n'],
  [0xfc00a, 0xfc00a, 'nn'], // memory.copy
  [0xfc00b, 0xfc00b, 'n'], // memory.fill
  [0xfc00c, 0xfc00c, 'nn'],
  [0xfc00d, 0xfc00d, 'n'],
  [0xfc00e, 0xfc00e, 'nn'],
  [0xfc00f, 0xfc011, 'n'],
  [0xfd000, 0xfd00b, 'm'],
  [0xfd00c, 0xfd00d, 'f'], // v128.const, i8x16.shuffle
  [0xfd015, 0xfd022, 't'], // lanes
  [0xfd054, 0xfd05b, 'mt'],
  [0xfd05c, 0xfd05d, 'm'],
  [0xfe000, 0xfe002, 'm'],
  [0xfe003, 0xfe003, 't'], // atomic.fence
  [0xfe010, 0xfe04e, 'm'],
];

function immediates(opcode: number): string {
  return IMMEDIATES.find(([from, to]) => from <= opcode && opcode <= to)?.[2] ?? '';
}

class Reader {
  constructor(
    private readonly bytes: Uint8Array,
    public at: number,
  ) {}

  byte(): number {
    const byte = this.bytes[this.at++];
    if (byte === undefined) throw new Error('The module ends within an instruction.');
    return byte;
  }

  /** LEB128; a signed one has the same length. */
  number(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  }

  skip(immediates: string): void {
    for (const each of immediates as Iterable<Immediate>) {
      if (each === 'n') this.number();
      else if (each === 'm') this.skip('nn');
      else if (each === 'v') for (let left = this.number(); left > 0; left--) this.number();
      else this.at += { t: 1, '4': 4, '8': 8, f: 16 }[each];
    }
  }
}
