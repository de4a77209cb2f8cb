import { unlessMissing } from '../unless-missing.ts';

/** In the origin private file system: the SHA-256 of what it belongs to and of the state, then the state. */
const FILE = 'language-model-state';
const HASH_BYTES = 32;

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * What was kept last, if it was for the same owner. A foreign state is deleted, and so is a damaged one: a tab
 * that was closed while it wrote leaves half a file.
 * @param owner tells model, engine and settings, without all of which the bytes mean nothing
 */
export async function readState(owner: string): Promise<Bytes | null> {
  const kept = await unlessMissing(async () => (await (await root()).getFileHandle(FILE)).getFile());
  if (!kept) return null;
  const bytes = new Uint8Array(await kept.arrayBuffer());
  const state = bytes.subarray(HASH_BYTES);
  const hash = await hashOf(owner, state);
  if (hash.every((byte, index) => byte === bytes[index])) return state;
  console.warn('the kept state is damaged or of another model');
  await forgetState();
  return null;
}

/** Keeps a state in the place of the one before. */
export async function keepState(owner: string, state: Bytes): Promise<void> {
  const hash = await hashOf(owner, state);
  const file = await (await root()).getFileHandle(FILE, { create: true });
  const handle = await file.createSyncAccessHandle();
  try {
    handle.truncate(0);
    handle.write(hash);
    handle.write(state, { at: HASH_BYTES });
  } finally {
    handle.close();
  }
}

export async function forgetState(): Promise<void> {
  await unlessMissing(async () => (await root()).removeEntry(FILE));
}

function root(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory();
}

async function hashOf(owner: string, state: Bytes): Promise<Bytes> {
  const whole = await new Blob([owner, state]).arrayBuffer();
  return new Uint8Array(await crypto.subtle.digest('SHA-256', whole));
}
